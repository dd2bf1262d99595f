using System.Diagnostics;
using System.Text;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Local.Sources.Volumes;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local.Sources;

[TestFixture]
public sealed class VolumeContentTests
{
    private const string Volume = "/Volumes/factory/quality/notes";

    private LocalFiles _files = null!;

    [OneTimeSetUp]
    public void Start() => _files = new LocalFiles();

    [SetUp]
    public void Prepare() => Directory.CreateDirectory(_files.PathOf(Volume));

    [TearDown]
    public void Clear() => _files.Clear();

    [OneTimeTearDown]
    public async Task StopAsync() => await _files.DisposeAsync();

    [Test]
    public async Task ReadPagesAsync_WhenTextBeginsWithAByteOrderMark_LeavesItOut()
    {
        _files.WriteFile($"{Volume}/a.txt", [0xEF, 0xBB, 0xBF, .. "a\uFEFFb"u8]);

        Assert.That((await ItemAsync()).Values["content"], Is.EqualTo("a\uFEFFb"));
    }

    [Test]
    public async Task ReadPagesAsync_WhenTextIsNotUtf8_HasAFault()
    {
        _files.WriteFile($"{Volume}/a.txt", [.. "secret"u8, 0xFF]);

        await ExpectFaultAsync("content_unreadable", "not UTF-8");
    }

    [TestCase(1_000_000, null)]
    [TestCase(1_000_001, "content_too_large")]
    public async Task ReadPagesAsync_WhenTextIsLong_HasItUpToALimit(int length, string? fault)
    {
        _files.WriteFile($"{Volume}/a.txt", Encoding.ASCII.GetBytes(new string('x', length)));

        var item = await ItemAsync();

        Assert.That((item.Fault?.Code, (item.Values["content"] as string)?.Length), Is.EqualTo((fault, fault is null ? length : (int?)null)));
        Assert.That(item.File!.SizeBytes, Is.EqualTo(length));
    }

    [TestCase("notes.md", "text/markdown", true)]
    [TestCase("rows.tsv", "text/tab-separated-values", true)]
    [TestCase("page.HTM", "text/html", true)]
    [TestCase("lines.jsonl", "application/x-ndjson", true)]
    [TestCase("config.yml", "application/yaml", true)]
    [TestCase("trace.log", "text/plain", true)]
    [TestCase("scan.tiff", "image/tiff", false)]
    [TestCase("photo.JPEG", "image/jpeg", false)]
    [TestCase("photo.webp", "image/webp", false)]
    public async Task ReadPagesAsync_WhateverTheExtension_KnowsTypeAndWhetherItIsText(string name, string mediaType, bool isText)
    {
        _files.WriteFile($"{Volume}/{name}", "x"u8.ToArray());

        var item = await ItemAsync();

        Assert.That((item.File!.MediaType, item.Values["content"]), Is.EqualTo((mediaType, isText ? "x" : (object?)null)));
        Assert.That(item.Fault, Is.Null);
    }

    [TestCase("report.pdf", "application/pdf")]
    [TestCase("README", "application/octet-stream")]
    [TestCase("drawing.svg", "application/octet-stream")]
    [TestCase("x.tar.gz", "application/gzip")]
    public async Task ReadPagesAsync_WhenAFileHasNoText_NamesItsType(string name, string mediaType)
    {
        _files.WriteFile($"{Volume}/{name}", "x"u8.ToArray());

        await ExpectFaultAsync("content_unsupported", mediaType);
    }

    [Test]
    public async Task ReadPagesAsync_WhenANameCannotStandInAPath_HasAFaultAndNoFile()
    {
        _files.WriteFile($"{Volume}/a\tb.txt", "x"u8.ToArray());

        var item = await ItemAsync();

        Assert.That((item.Ref.Value, item.Fault!.Code, item.File), Is.EqualTo(("a\tb.txt", "name_unsupported", (SourceFile?)null)));
    }

    [Test]
    public async Task ReadPagesAsync_WhenAFileGoesAwayBetweenPages_HasAFaultForIt()
    {
        foreach (var name in new[] { "a.txt", "b.txt", "c.txt" }) _files.WriteFile($"{Volume}/{name}", "x"u8.ToArray());
        var items = new List<SheetItem>();

        await foreach (var page in _files.Source.ReadPagesAsync(new SheetReading(SheetBuilder.Volume(volume: Volume), ["content"], PageSize: 1), CancellationToken.None))
        {
            items.AddRange(page);
            File.Delete(_files.PathOf($"{Volume}/b.txt"));
        }

        Assert.That(items.Select(item => item.Fault?.Code), Is.EqualTo(new[] { null, "content_unreadable", null }));
    }

    [Test]
    public async Task ReadTextAsync_WhenTheFileWasWrittenSinceItWasFound_HasAFault()
    {
        var path = _files.WriteFile($"{Volume}/a.txt", "longer than it was"u8.ToArray());
        var found = new SourceFile(VolumePath.Parse($"{Volume}/a.txt").Value, "text/plain", 5);

        var (text, fault) = await VolumeFileReader.ReadTextAsync(found, path, CancellationToken.None);
        var (_, shrunk) = await VolumeFileReader.ReadTextAsync(found with { SizeBytes = 500 }, path, CancellationToken.None);

        Assert.That((text, fault!.Code, shrunk!.Code), Is.EqualTo(((string?)null, "content_unreadable", "content_unreadable")));
    }

    [Test]
    [Platform("Linux")]
    [CancelAfter(10_000)]
    public async Task ReadPagesAsync_WhenAPipeLiesAmongTheFiles_DoesNotWaitForAWriter(CancellationToken cancellationToken)
    {
        using (var mkfifo = Process.Start("mkfifo", _files.PathOf($"{Volume}/pipe.txt"))) await mkfifo.WaitForExitAsync(cancellationToken);

        Assert.That((await ItemAsync()).Values["content"], Is.EqualTo(string.Empty));
    }

    [Test]
    public async Task ReadPagesAsync_WhenThereAreManyFiles_ReadsEachIntoItsOwnItem()
    {
        foreach (var i in Enumerable.Range(0, 300)) _files.WriteFile($"{Volume}/{i % 7}/{i:D3}.txt", Encoding.UTF8.GetBytes($"content {i:D3}"));

        var items = await _files.ItemsAsync(SheetBuilder.Volume(volume: Volume), "content");

        Assert.That(items, Has.Count.EqualTo(300));
        Assert.That(items.Select(item => item.Values["content"]), Is.EqualTo(items.Select(item => $"content {item.Ref.Value[2..5]}")));
        Assert.That(items.Select(item => item.SequenceNumber), Is.EqualTo(Enumerable.Range(0, 300)));
    }

    [TestCase("/Volumes/factory/quality/nots", "/Volumes/factory/quality/notes")]
    [TestCase("/Volumes/a/b/c", "put the files there")]
    public async Task DescribeAsync_WhenThereIsNoSuchVolume_SaysWhatThereIsOrWhereToPutFiles(string volume, string expected)
    {
        var refusal = (await _files.Source.DescribeAsync(SheetBuilder.Volume(volume: volume), CancellationToken.None)).Error!;

        Assert.That(refusal.Message, Does.Contain(expected));
    }

    private async Task<SheetItem> ItemAsync() => (await _files.ItemsAsync(SheetBuilder.Volume(volume: Volume), "content")).Single();

    private async Task ExpectFaultAsync(string code, string message)
    {
        var item = await ItemAsync();

        Assert.That(item.Fault, Is.TypeOf<GenerationError>());
        Assert.That(item.Fault!.Code, Is.EqualTo(code));
        Assert.That(item.Fault.Message, Does.Contain(message).And.Not.Contain("secret"));
        Assert.That(item.Values["content"], Is.Null);
    }
}
