using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local.Sources;

[TestFixture]
public sealed class VolumeLinkTests
{
    private const string Volume = "/Volumes/factory/quality/photos";

    private static readonly byte[] Secret = "secret"u8.ToArray();

    private LocalFiles _files = null!;
    private string _outside = null!;

    [OneTimeSetUp]
    public void Start() => _files = new LocalFiles();

    [SetUp]
    public void Prepare()
    {
        _outside = Directory.CreateTempSubdirectory("mirion-outside-").FullName;
        File.WriteAllBytes(Path.Combine(_outside, "secret.txt"), Secret);
        Directory.CreateDirectory(_files.PathOf(Volume));
    }

    [TearDown]
    public void Clear()
    {
        Directory.Delete(_outside, recursive: true);
        _files.Clear();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _files.DisposeAsync();

    [Test]
    public async Task ReadPagesAsync_WhenAFileIsALinkOutOfTheVolume_HasItAsAnItemWithoutData()
    {
        _files.WriteFile($"{Volume}/a.txt", "a"u8.ToArray());
        Link("b.txt", Path.Combine(_outside, "secret.txt"));

        var items = await ItemsAsync();

        Assert.That(items.Select(item => (item.Ref.Value, item.Fault?.Code)), Is.EqualTo(new[] { ("a.txt", null), ("b.txt", "link_leaves_volume") }));
        Assert.That(items[1].Values, Is.EquivalentTo(new Dictionary<string, object?> { ["content"] = null, ["size_bytes"] = null }));
        Assert.That(items[1].File, Is.Null);
    }

    [TestCase("..", "other.txt")]
    [TestCase("../../../../tables/factory/quality", "inspections.csv")]
    public async Task ReadPagesAsync_WhenALinkLeadsElsewhereInTheWorkspace_HasItAsAnItemWithoutData(string folder, string file)
    {
        _files.WriteFile("/Volumes/factory/quality/other.txt", Secret);
        _files.Write("csv", "id\n1\n");
        Link("b", Path.Combine(folder, file));

        Assert.That((await ItemsAsync()).Single().Fault!.Code, Is.EqualTo("link_leaves_volume"));
    }

    [Test]
    public async Task ReadPagesAsync_WhenADirectoryIsALinkOutOfTheVolume_DoesNotLookIntoIt()
    {
        LinkDirectory("elsewhere", _outside);

        var items = await ItemsAsync();

        Assert.That(items.Select(item => (item.Ref.Value, item.Fault?.Code)), Is.EqualTo(new[] { ("elsewhere", "link_leaves_volume") }));
    }

    [Test]
    public async Task ReadPagesAsync_WhenALinkLeadsNowhere_HasItAsAnItemWithoutData()
    {
        Link("a.txt", "none.txt");
        Link("b.txt", "b.txt");

        Assert.That((await ItemsAsync()).Select(item => item.Fault?.Code), Is.EqualTo(new[] { "content_unreadable", "content_unreadable" }));
    }

    [Test]
    public async Task ReadPagesAsync_WhenALinkStaysInTheVolume_ReadsWhatItLeadsTo()
    {
        _files.WriteFile($"{Volume}/.originals/a.txt", "from afar"u8.ToArray());
        Link("a.txt", ".originals/a.txt");

        var item = (await ItemsAsync()).Single();

        Assert.That((item.Fault, item.Values["content"], item.Values["size_bytes"]), Is.EqualTo(((object?)null, "from afar", 9L)));
    }

    [Test]
    public async Task ReadPagesAsync_WhenDirectoryLinksLeadRoundInCircles_ListsEachDirectoryOnce()
    {
        _files.WriteFile($"{Volume}/a/one.txt", "1"u8.ToArray());
        _files.WriteFile($"{Volume}/b/two.txt", "2"u8.ToArray());
        LinkDirectory("a/up", "..");
        LinkDirectory("a/to-b", "../b");
        LinkDirectory("b/to-a", "../a");
        LinkDirectory("b/self", ".");

        Assert.That((await ItemsAsync()).Select(item => item.Ref.Value), Is.EqualTo(new[] { "a/one.txt", "b/two.txt" }));
    }

    [Test]
    public async Task ReadPagesAsync_WhenOnlyLinksLeadToADirectory_ListsItUnderTheFirst()
    {
        _files.WriteFile($"{Volume}/sheet/own.txt", "1"u8.ToArray());
        _files.WriteFile($"{Volume}/common/x.txt", "2"u8.ToArray());
        LinkDirectory("sheet/second", "../common");
        LinkDirectory("sheet/first", "../common");

        var items = await _files.ItemsAsync(SheetBuilder.Volume(volume: Volume, path: "sheet"), "content");

        Assert.That(items.Select(item => (item.Ref.Value, item.Values["content"])), Is.EqualTo(new[] { ("first/x.txt", (object)"2"), ("own.txt", "1") }));
    }

    [TestCase("link.txt")]
    [TestCase("folder/secret.txt")]
    public async Task ReadFileAsync_WhenALinkLeadsOutOfTheVolume_IsRefused(string path)
    {
        Link("link.txt", Path.Combine(_outside, "secret.txt"));
        LinkDirectory("folder", _outside);

        var refusal = (await _files.Source.ReadFileAsync(VolumePath.Parse($"{Volume}/{path}").Value, 1000, CancellationToken.None)).Error!;

        Assert.That((refusal.Kind, refusal.Code), Is.EqualTo((ErrorKind.Unprocessable, "link_leaves_volume")));
    }

    [Test]
    public async Task DescribeAsync_WhenTheSheetsDirectoryIsALinkOutOfTheVolume_IsRefused()
    {
        LinkDirectory("sheet", _outside);

        Assert.That((await RefusalAsync(SheetBuilder.Volume(volume: Volume, path: "sheet"))).Message, Does.Contain("leads out of its volume"));
    }

    [Test]
    public async Task DescribeAsync_WhenTheVolumeItselfIsALink_IsRefused()
    {
        Directory.CreateSymbolicLink(_files.PathOf("/Volumes/factory/quality/linked"), _outside);
        Directory.CreateSymbolicLink(_files.PathOf("/Volumes/linked"), _files.PathOf("/Volumes/factory"));

        Assert.That((await RefusalAsync(SheetBuilder.Volume(volume: "/Volumes/factory/quality/linked"))).Code, Is.EqualTo("source_not_found"));
        Assert.That((await RefusalAsync(SheetBuilder.Volume(volume: "/Volumes/linked/quality/photos"))).Code, Is.EqualTo("source_not_found"));
        var file = await _files.Source.ReadFileAsync(VolumePath.Parse("/Volumes/factory/quality/linked/secret.txt").Value, 1000, CancellationToken.None);
        Assert.That(file.Error!.Code, Is.EqualTo("file_not_found"));
    }

    [Test]
    public async Task ReadPagesAsync_WhenTheWorkspaceItselfIsReachedByALink_ReadsIt()
    {
        var link = $"{_files.Root}-link";
        Directory.CreateSymbolicLink(link, _files.Root);
        var files = new LocalFiles(link);
        files.WriteFile($"{Volume}/a.txt", "a"u8.ToArray());

        Assert.That((await files.ItemsAsync(SheetBuilder.Volume(volume: Volume), "content")).Single().Values["content"], Is.EqualTo("a"));
        Directory.Delete(link);
    }

    private void Link(string path, string target) => File.CreateSymbolicLink(_files.PathOf($"{Volume}/{path}"), target);

    private void LinkDirectory(string path, string target) => Directory.CreateSymbolicLink(_files.PathOf($"{Volume}/{path}"), target);

    private Task<List<SheetItem>> ItemsAsync() => _files.ItemsAsync(SheetBuilder.Volume(volume: Volume), "content", "size_bytes");

    private async Task<Error> RefusalAsync(Sheet sheet) => (await _files.Source.DescribeAsync(sheet, CancellationToken.None)).Error!;
}
