using System.Text.Json;

namespace Mirion.Generation.Infrastructure.IntegrationTests.FakeDatabricks;

public sealed class DirectoriesTests : WorkspaceFixture
{
    private string Directory(string name) => $"/api/2.0/fs/directories{Workspace.StagingVolume}{name}";

    [Test]
    public async Task Create_WithParents_CanBeRepeated()
    {
        var first = await Api.PutAsync(Directory("/a/b%20c"));
        var again = await Api.PutAsync(Directory("/a/b%20c"));
        var head = await Api.HeadAsync(Directory("/a/b%20c"));
        Assert.That((first.Status, again.Status, head.Status), Is.EqualTo((204, 204, 200)));
    }

    [TestCase("/file")]
    [TestCase("/file/below")]
    public async Task Create_WhereAFileIs_Conflicts(string place)
    {
        await Workspace.PlaceFileAsync($"{Workspace.StagingVolume}/file", "x"u8.ToArray());
        Assert.That((await Api.PutAsync(Directory(place))).Status, Is.EqualTo(409));
        Assert.That((await Api.GetAsync(Directory("/file"))).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Delete_WhenNotEmpty_IsRefused()
    {
        await Workspace.PlaceFileAsync($"{Workspace.StagingVolume}/d/file", "x"u8.ToArray());
        var full = await Api.DeleteAsync(Directory("/d"));
        await Api.DeleteAsync($"/api/2.0/fs/files{Workspace.StagingVolume}/d/file");
        var empty = await Api.DeleteAsync(Directory("/d"));
        Assert.That((full.Status, full.Json.GetProperty("details")[0].GetProperty("reason").GetString()), Is.EqualTo((400, "FILES_API_DIRECTORY_IS_NOT_EMPTY")));
        Assert.That((empty.Status, (await Api.HeadAsync(Directory("/d"))).Status), Is.EqualTo((204, 404)));
    }

    [Test]
    public async Task List_WhenThereIsLittle_GivesItAll()
    {
        await Workspace.PlaceFileAsync($"{Workspace.StagingVolume}/b #.txt", "12345"u8.ToArray());
        await Workspace.PlaceDirectoryAsync($"{Workspace.StagingVolume}/a");
        var answer = await Api.GetAsync(Directory("/"));
        var entries = answer.Json.GetProperty("contents");
        Assert.Multiple(() =>
        {
            Assert.That(answer.Json.TryGetProperty("next_page_token", out _), Is.False);
            Assert.That(entries[0].GetRawText(), Is.EqualTo("""{"name":"a","path":"/Volumes/main/mirion/staging/a","is_directory":true}"""));
            Assert.That(entries[1].GetProperty("path").GetString(), Is.EqualTo("/Volumes/main/mirion/staging/b #.txt"));
            Assert.That(entries[1].GetProperty("file_size").GetInt64(), Is.EqualTo(5));
            Assert.That(entries[1].GetProperty("last_modified").GetInt64(), Is.GreaterThan(1_700_000_000_000));
        });
    }

    [Test]
    public async Task List_WhenThereIsMuch_GivesPagesOfWhichOneIsEmpty()
    {
        for (var i = 0; i < 7; i++) await Workspace.PlaceFileAsync($"{Workspace.StagingVolume}/{i}", "x"u8.ToArray());
        var pages = new List<string[]>();
        for (string? token = ""; token is not null;)
        {
            var page = (await Api.GetAsync($"{Directory("")}?page_size=3&page_token={Uri.EscapeDataString(token)}")).Json;
            pages.Add([.. page.GetProperty("contents").EnumerateArray().Select(Name)]);
            token = page.TryGetProperty("next_page_token", out var next) ? next.GetString() : null;
        }

        Assert.That(pages, Is.EqualTo(new string[][] { ["0", "1", "2"], [], ["3", "4", "5"], ["6"] }));
    }

    [TestCase("?page_size=1001", "INVALID_PARAMETER_VALUE")]
    [TestCase("?page_size=-1", "INVALID_PARAMETER_VALUE")]
    [TestCase("?page_size=many", "MALFORMED_REQUEST")]
    [TestCase("?page_token=garbled", "INVALID_PARAMETER_VALUE")]
    public async Task List_WhenAskedWrongly_IsRefused(string query, string code)
    {
        var answer = await Api.GetAsync(Directory("") + query);
        Assert.That((answer.Status, answer.Json.GetProperty("error_code").GetString()), Is.EqualTo((400, code)));
    }

    private static string Name(JsonElement entry) => entry.GetProperty("name").GetString()!;
}
