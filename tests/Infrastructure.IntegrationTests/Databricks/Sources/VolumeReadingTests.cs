using System.Text;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sources;

[TestFixture]
public sealed class VolumeReadingTests
{
    private const string Volume = "/Volumes/factory/quality/photos";

    private DatabricksSources _sources = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _sources = await DatabricksSources.StartAsync(new FakeDatabricksOptions { DirectoryPage = 3 });

    [TearDown]
    public void Clear()
    {
        _sources.AccessToken = null;
        Directory.Delete(Path.Combine(_sources.Workspace.Folder, "Volumes", "factory"), recursive: true);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _sources.DisposeAsync();

    [Test]
    public async Task ReadPagesAsync_WhateverTheNames_ReadsTheFiles()
    {
        string[] names = ["100% ok.txt", "a%2Fb.txt", "a+b #1?.txt", "Grüße 漢字 😀.txt", "d e/f&g;h=i.txt", "x/%20/y.txt", "'quoted' \"twice\".txt"];
        foreach (var name in names) await PlaceAsync(name, name);

        var items = await _sources.ItemsAsync(SheetBuilder.Volume(volume: Volume), "content");

        Assert.That(items.Select(item => item.Ref.Value), Is.EqualTo(names.Select(name => new ItemRef(name)).Order().Select(name => name.Value)));
        Assert.That(items.Select(item => item.Values["content"]), Is.EqualTo(items.Select(item => item.Ref.Value)));
    }

    [Test]
    public async Task TakeCensusAsync_WhenDirectoriesHaveManyPages_FollowsEveryToken()
    {
        foreach (var i in Enumerable.Range(0, 30)) await PlaceAsync($"{i % 4}/{i % 3}/{i}.txt", "x");

        var census = await _sources.Source.TakeCensusAsync(SheetBuilder.Volume(volume: Volume), CancellationToken.None);

        Assert.That(census.Value.Items, Is.EqualTo(30));
        Assert.That(_sources.Workspace.Requests.Select(request => request.Query), Has.Some.Contains("page_token"));
    }

    [Test]
    public async Task ReadPagesAsync_WhenTextCannotBeRead_SaysWhyOfThatFileAlone()
    {
        await PlaceAsync("good.txt", "\uFEFFgood");
        await PlaceAsync("latin.txt", [0xE9, 0x20]);
        await PlaceAsync("large.txt", new byte[1_000_001]);
        await PlaceAsync("most.txt", Encoding.UTF8.GetBytes(new string('a', 1_000_000)));

        var items = (await _sources.ItemsAsync(SheetBuilder.Volume(volume: Volume), "content")).ToDictionary(item => item.Ref.Value);

        Assert.That(items["good.txt"].Values["content"], Is.EqualTo("good"));
        Assert.That(items["latin.txt"].Fault!.Code, Is.EqualTo("content_unreadable"));
        Assert.That(items["large.txt"].Fault!.Code, Is.EqualTo("content_too_large"));
        Assert.That((string)items["most.txt"].Values["content"]!, Has.Length.EqualTo(1_000_000));
        Assert.That(_sources.Workspace.Requests.Select(request => request.Path), Has.None.Contains("large.txt"));
    }

    [Test]
    public async Task ReadPagesAsync_WhenNoContentIsAskedFor_ReadsNoFile()
    {
        await PlaceAsync("a.txt", "x");
        await PlaceAsync("b.png", "x");
        var before = _sources.Workspace.Requests.Count;

        var items = await _sources.ItemsAsync(SheetBuilder.Volume(volume: Volume), "name", "size_bytes");

        Assert.That(items.Select(item => item.Values["size_bytes"]), Is.EqualTo(new object[] { 1L, 1L }));
        Assert.That(_sources.Workspace.Requests.Skip(before).Select(request => request.Path), Has.None.Contains("/fs/files/"));
    }

    [Test]
    public async Task ReadFileAsync_WhenTheUserBroughtAToken_HasTheUsersRights()
    {
        await PlaceAsync("a.png", "x");
        _sources.AccessToken = _sources.Workspace.AddUserToken("reader");
        var before = _sources.Workspace.Requests.Count;

        await _sources.Source.ReadFileAsync(VolumePath.Parse($"{Volume}/a.png").Value, 10, CancellationToken.None);
        await _sources.ItemsAsync(SheetBuilder.Volume(volume: Volume), "content");

        Assert.That(_sources.Workspace.Requests.Skip(before).Select(request => request.Identity), Is.All.EqualTo("reader"));
    }

    [Test]
    public async Task DescribeAsync_WhenTheUserMayNotSeeTheVolume_SaysWhatIsMissing()
    {
        await PlaceAsync("a.txt", "x");
        _sources.AccessToken = _sources.Workspace.AddUserToken("stranger");
        _sources.Workspace.Deny("stranger", "/api/2.0/fs");

        var refusal = (await _sources.Source.DescribeAsync(SheetBuilder.Volume(volume: Volume), CancellationToken.None)).Error!;

        Assert.That((refusal.Kind, refusal.Code), Is.EqualTo((ErrorKind.Unprocessable, "source_not_found")));
        Assert.That(refusal.Message, Does.Contain("READ VOLUME"));
    }

    [Test]
    public async Task ReadPagesAsync_WhenTheDirectoryIsGone_Throws()
    {
        await PlaceAsync("a.txt", "x");

        Assert.That(
            async () => await _sources.ItemsAsync(SheetBuilder.Volume(volume: Volume, path: "2026"), "content"),
            Throws.InstanceOf<UpstreamException>().With.Property("Code").EqualTo("databricks_failed"));
    }

    private Task PlaceAsync(string name, string text) => PlaceAsync(name, Encoding.UTF8.GetBytes(text));

    private Task PlaceAsync(string name, byte[] bytes) => _sources.Workspace.PlaceFileAsync($"{Volume}/{name}", bytes);
}
