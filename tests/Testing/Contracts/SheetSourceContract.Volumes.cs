using System.Text;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Testing.Builders;
using NUnit.Framework;

namespace Mirion.Generation.Testing.Contracts;

public abstract partial class SheetSourceContract
{
    private static readonly byte[] Picture = [0x89, 0x50, 0x4E, 0x47];

    [Test]
    public async Task DescribeAsync_WhenTheVolumeIsThere_HasTheColumnsOfEveryVolume()
    {
        await PlaceDirectoryAsync(VolumeName);

        Assert.That((await Source.DescribeAsync(Volume(), CancellationToken.None)).Value.Columns, Is.EqualTo(VolumeColumns.All));
    }

    [TestCase("/Volumes/factory/quality/scans", null)]
    [TestCase(VolumeName, "2026/march")]
    public async Task DescribeAsync_WhenThereIsNoSuchDirectory_IsRefused(string volume, string? path)
    {
        await PlaceFileAsync($"{VolumeName}/2026/april/a.txt", Picture);

        var refusal = await RefusalAsync(SheetBuilder.Volume(volume: volume, path: path));

        Assert.That(refusal.Code, Is.EqualTo("source_not_found"));
        Assert.That(refusal.Message, Does.Contain(volume));
    }

    [Test]
    public async Task DescribeAsync_WhenTheSheetNamesAColumnNoVolumeHas_IsRefused()
    {
        await PlaceDirectoryAsync(VolumeName);
        var sheet = Sheet.Create(new SheetId("photos"), Volume().ToDraft() with { TextColumns = ["content", "text"] }).Value;

        Assert.That((await RefusalAsync(sheet)).Code, Is.EqualTo("column_unknown"));
    }

    [Test]
    public async Task TakeCensusAsync_WhenTheDirectoryIsEmpty_CountsNothing()
    {
        await PlaceDirectoryAsync(VolumeName);

        Assert.That((await Source.TakeCensusAsync(Volume(), CancellationToken.None)).Value.Items, Is.Zero);
    }

    [Test]
    public async Task ReadPagesAsync_WhenFilesLieInDirectories_NamesThemByTheirPathInCodePointOrder()
    {
        string[] names = ["b.txt", "a/z.txt", "a.txt", "a/b/c.txt", "a b.txt", "A.txt", "\U0001F600.txt", "\uFF21.txt"];
        foreach (var name in names) await PlaceFileAsync($"{VolumeName}/{name}", Picture);
        foreach (var hidden in new[] { ".DS_Store", ".git/config", "a/.b/c.txt" }) await PlaceFileAsync($"{VolumeName}/{hidden}", Picture);

        var items = await ReadAsync(Volume(), ["path"], pageSize: 3);

        Assert.That(RefsOf(items), Is.EqualTo(names.Select(name => new ItemRef(name)).Order().Select(name => name.Value)));
        Assert.That(items.Select(item => item.Values["path"]), Is.EqualTo(RefsOf(items)));
        Assert.That((await Source.TakeCensusAsync(Volume(), CancellationToken.None)).Value.Items, Is.EqualTo(names.Length));
    }

    [Test]
    public async Task ReadPagesAsync_WhenTheSheetIsADirectoryOfTheVolume_NamesFilesRelativeToIt()
    {
        await PlaceFileAsync($"{VolumeName}/2026/march/a.txt", Picture);
        await PlaceFileAsync($"{VolumeName}/b.txt", Picture);

        var items = await ReadAsync(SheetBuilder.Volume(volume: VolumeName, path: "2026"), []);

        Assert.That(RefsOf(items), Is.EqualTo(new[] { "march/a.txt" }));
        Assert.That(items[0].File!.Path.ToString(), Is.EqualTo($"{VolumeName}/2026/march/a.txt"));
    }

    [Test]
    public async Task ReadPagesAsync_WhenAFileIsText_HasItsContent()
    {
        await PlaceFileAsync($"{VolumeName}/notes/Line 3.TXT", Encoding.UTF8.GetBytes("Grüße,\n漢字 😀"));

        var item = (await ReadAsync(Volume(), ["path", "name", "extension", "size_bytes", "media_type", "content"])).Single();

        Assert.That(item.Fault, Is.Null);
        Assert.That(item.Values, Is.EquivalentTo(new Dictionary<string, object?>
        {
            ["path"] = "notes/Line 3.TXT",
            ["name"] = "Line 3.TXT",
            ["extension"] = "txt",
            ["size_bytes"] = 20L,
            ["media_type"] = "text/plain",
            ["content"] = "Grüße,\n漢字 😀",
        }));
        Assert.That(item.File, Is.EqualTo(new SourceFile(VolumePath.Parse($"{VolumeName}/notes/Line 3.TXT").Value, "text/plain", 20)));
    }

    [Test]
    public async Task ReadPagesAsync_WhenAFileIsAnImage_HasNoTextAndNoFault()
    {
        await PlaceFileAsync($"{VolumeName}/board.png", Picture);

        var item = (await ReadAsync(Volume(), ["content", "media_type"])).Single();

        Assert.That(item.Values, Is.EquivalentTo(new Dictionary<string, object?> { ["content"] = null, ["media_type"] = "image/png" }));
        Assert.That(item.File!.IsImage);
        Assert.That(item.Fault, Is.Null);
    }

    [Test]
    public async Task ReadPagesAsync_WhenAFileIsNeitherTextNorImage_HasAFaultOnlyWhereContentIsAskedFor()
    {
        await PlaceFileAsync($"{VolumeName}/model.bin", Picture);

        var asked = (await ReadAsync(Volume(), ["name", "content"])).Single();
        var notAsked = (await ReadAsync(Volume(), ["name"])).Single();

        Assert.That(asked.Fault!.Code, Is.EqualTo("content_unsupported"));
        Assert.That(asked.Fault.Message, Does.Contain("application/octet-stream"));
        Assert.That(asked.Values.Keys, Is.EquivalentTo(new[] { "name", "content" }));
        Assert.That(notAsked.Fault, Is.Null);
        Assert.That(notAsked.Values["name"], Is.EqualTo("model.bin"));
    }

    [Test]
    public async Task ReadPagesAsync_WhenAVolumeIsSampled_TakesWhatTheStrategySays()
    {
        foreach (var number in Enumerable.Range(1, 9)) await PlaceFileAsync($"{VolumeName}/{number}.txt", Picture);
        // printf '%s' photos/1.txt | md5sum, and so on; the three smallest.
        string[] random = ["1.txt", "3.txt", "4.txt"];

        Assert.That(RefsOf(await ReadAsync(Sampled(Volume(), "first", 3), [])), Is.EqualTo(new[] { "1.txt", "2.txt", "3.txt" }));
        Assert.That(RefsOf(await ReadAsync(Sampled(Volume(), "random", 3), [])), Is.EqualTo(random));
        Assert.That(RefsOf(await ReadAsync(Sampled(Volume(), "random", 3), [], limit: 2)), Is.EqualTo(random[..2]));
        Assert.That((await Source.TakeCensusAsync(Sampled(Volume(), "random", 3), CancellationToken.None)).Value.Items, Is.EqualTo(3));
    }

    [Test]
    public async Task ReadItemsAsync_WhenFilesAreNamed_HasThoseTheSheetHas()
    {
        foreach (var name in new[] { "a.txt", "b/c.txt", ".hidden.txt" }) await PlaceFileAsync($"{VolumeName}/{name}", "x"u8.ToArray());
        await PlaceFileAsync("/Volumes/factory/quality/other/d.txt", "x"u8.ToArray());
        string[] named = ["b/c.txt", "a.txt", ".hidden.txt", "../other/d.txt", "b", "b//c.txt", "none.txt"];

        var items = await Source.ReadItemsAsync(Volume(), ["content"], [.. named.Select(name => new ItemRef(name))], CancellationToken.None);

        Assert.That(RefsOf(items), Is.EquivalentTo(new[] { "a.txt", "b/c.txt" }));
        Assert.That(items, Has.All.Property(nameof(SheetItem.SequenceNumber)).EqualTo(-1));
        Assert.That(items.Select(item => item.Values["content"]), Is.All.EqualTo("x"));
    }

    [Test]
    public async Task ReadFileAsync_WhenTheFileIsThere_HasItsBytes()
    {
        await PlaceFileAsync($"{VolumeName}/a/board.png", Picture);

        var content = (await Source.ReadFileAsync(VolumePath.Parse($"{VolumeName}/a/board.png").Value, 4, CancellationToken.None)).Value;

        Assert.That(content.Bytes.ToArray(), Is.EqualTo(Picture));
        Assert.That(content.File, Is.EqualTo(new SourceFile(VolumePath.Parse($"{VolumeName}/a/board.png").Value, "image/png", 4)));
    }

    [Test]
    public async Task ReadFileAsync_WhenTheFileIsTooLarge_IsRefused()
    {
        await PlaceFileAsync($"{VolumeName}/board.png", Picture);

        var refusal = (await Source.ReadFileAsync(VolumePath.Parse($"{VolumeName}/board.png").Value, 3, CancellationToken.None)).Error!;

        Assert.That((refusal.Kind, refusal.Code), Is.EqualTo((ErrorKind.Unprocessable, "file_too_large")));
    }

    [TestCase("/Volumes/factory/quality/photos/none.png")]
    [TestCase("/Volumes/factory/quality/photos/a")]
    [TestCase("/Volumes/factory/quality/photos")]
    [TestCase("/Volumes/factory/quality/none/board.png")]
    public async Task ReadFileAsync_WhenThereIsNoSuchFile_IsRefused(string path)
    {
        await PlaceFileAsync($"{VolumeName}/a/board.png", Picture);

        var refusal = (await Source.ReadFileAsync(VolumePath.Parse(path).Value, 1000, CancellationToken.None)).Error!;

        Assert.That((refusal.Kind, refusal.Code), Is.EqualTo((ErrorKind.NotFound, "file_not_found")));
    }

    private static Sheet Volume() => SheetBuilder.Volume(volume: VolumeName);
}
