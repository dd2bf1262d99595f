using System.Text;

namespace Mirion.Generation.Infrastructure.IntegrationTests.FakeDatabricks;

public sealed class FilesTests : WorkspaceFixture
{
    private string File(string name) => $"/api/2.0/fs/files{Workspace.StagingVolume}/{name}";

    [TestCase("plain.json", "plain.json")]
    [TestCase("with%20space.txt", "with space.txt")]
    [TestCase("a%23b%3Fc.txt", "a#b?c.txt")]
    [TestCase("100%25.txt", "100%.txt")]
    [TestCase("%2541.txt", "%41.txt")]
    [TestCase("gr%C3%BC%C3%9Fe-%E6%97%A5%E6%9C%AC.txt", "grüße-日本.txt")]
    [TestCase("a+b.txt", "a+b.txt")]
    public async Task Upload_WithAnyName_LiesThereAsItIs(string address, string name)
    {
        var put = await Api.PutAsync($"{File(address)}?overwrite=true", "hello");
        var got = await Api.GetAsync(File(address));
        var onDisk = Path.Combine(Workspace.Folder, Workspace.StagingVolume[1..], name);
        Assert.Multiple(() =>
        {
            Assert.That((put.Status, put.Body), Is.EqualTo((204, "")));
            Assert.That((got.Status, got.Body, got.Header("content-type")), Is.EqualTo((200, "hello", "application/octet-stream")));
            Assert.That(got.Header("last-modified"), Is.Not.Null);
            Assert.That(System.IO.File.ReadAllText(onDisk), Is.EqualTo("hello"));
        });
    }

    [TestCase("?overwrite=true", 204, "second")]
    [TestCase("?overwrite=false", 409, "first")]
    [TestCase("", 409, "first")]
    public async Task Upload_WhenItExists_ReplacesOnlyWhenToldTo(string query, int status, string left)
    {
        await Api.PutAsync($"{File("part")}?overwrite=true", "first");
        var answer = await Api.PutAsync(File("part") + query, "second");
        Assert.That((answer.Status, (await Api.GetAsync(File("part"))).Body), Is.EqualTo((status, left)));
        if (status == 409) Assert.That(answer.Json.GetProperty("error_code").GetString(), Is.EqualTo("ALREADY_EXISTS"));
    }

    [TestCase("GET", "/api/2.0/fs/files/Volumes/main/mirion/staging/none", 404, "NOT_FOUND", "FILES_API_RESOURCE_NOT_FOUND")]
    [TestCase("DELETE", "/api/2.0/fs/files/Volumes/main/mirion/staging/none", 404, "NOT_FOUND", "FILES_API_RESOURCE_NOT_FOUND")]
    [TestCase("GET", "/api/2.0/fs/files/Volumes/main/mirion/nowhere/file", 404, "NOT_FOUND", "FILES_API_RESOURCE_NOT_FOUND")]
    [TestCase("PUT", "/api/2.0/fs/files/Volumes/main/mirion/nowhere/file?overwrite=true", 404, "NOT_FOUND", "FILES_API_RESOURCE_NOT_FOUND")]
    [TestCase("PUT", "/api/2.0/fs/files/Volumes/main/mirion/staging/no/dir/file?overwrite=true", 404, "NOT_FOUND", "FILES_API_DIRECTORY_IS_NOT_FOUND")]
    [TestCase("GET", "/api/2.0/fs/files/Volumes/main/mirion", 400, "INVALID_PARAMETER_VALUE", "FILES_API_INVALID_PATH")]
    [TestCase("GET", "/api/2.0/fs/files/etc/passwd/a/b", 400, "INVALID_PARAMETER_VALUE", "FILES_API_INVALID_PATH")]
    [TestCase("GET", "/api/2.0/fs/files/Volumes/main/mirion/staging/..%2F..%2Fsecret", 400, "INVALID_PARAMETER_VALUE", "FILES_API_INVALID_PATH")]
    [TestCase("GET", "/api/2.0/fs/files/Volumes/main/mirion/staging/a//b", 400, "INVALID_PARAMETER_VALUE", "FILES_API_INVALID_PATH")]
    [TestCase("GET", "/api/2.0/fs/directories/Volumes/main/mirion/staging/none", 404, "NOT_FOUND", "FILES_API_DIRECTORY_IS_NOT_FOUND")]
    [TestCase("DELETE", "/api/2.0/fs/directories/Volumes/main/mirion/staging/none", 404, "NOT_FOUND", "FILES_API_DIRECTORY_IS_NOT_FOUND")]
    [TestCase("GET", "/api/2.0/fs/directories/Volumes/main/mirion/nowhere", 404, "NOT_FOUND", "FILES_API_RESOURCE_NOT_FOUND")]
    public async Task Any_WhenRefused_SaysWhy(string method, string path, int status, string code, string reason)
    {
        var answer = await Api.SendAsync(new HttpMethod(method), path, method == "PUT" ? new StringContent("x") : null);
        var detail = answer.Json.GetProperty("details")[0];
        Assert.Multiple(() =>
        {
            Assert.That((answer.Status, answer.Json.GetProperty("error_code").GetString()), Is.EqualTo((status, code)));
            Assert.That((detail.GetProperty("reason").GetString(), detail.GetProperty("domain").GetString()), Is.EqualTo((reason, "filesystem.databricks.com")));
            Assert.That(answer.Json.GetProperty("details")[1].GetProperty("request_id").GetString(), Is.EqualTo(answer.Header("x-request-id")));
        });
    }

    [Test]
    public async Task Download_WithRange_GivesThatPart()
    {
        await Workspace.PlaceFileAsync($"{Workspace.StagingVolume}/digits", "0123456789"u8.ToArray());
        var part = await Api.GetAsync(File("digits"), ("Range", "bytes=2-4"));
        var tooLate = await Api.GetAsync(File("digits"), ("If-Unmodified-Since", "Wed, 01 Jan 2020 00:00:00 GMT"));
        Assert.That((part.Status, part.Body, part.Header("content-range")), Is.EqualTo((206, "234", "bytes 2-4/10")));
        Assert.That(tooLate.Status, Is.EqualTo(412));
    }

    [Test]
    public async Task Head_OfAFile_HasItsSizeAndNoBody()
    {
        await Workspace.PlaceFileAsync($"{Workspace.StagingVolume}/digits", "0123456789"u8.ToArray());
        var head = await Api.HeadAsync(File("digits"));
        var none = await Api.HeadAsync(File("none"));
        Assert.That((head.Status, head.Body, head.Header("content-length")), Is.EqualTo((200, "", "10")));
        Assert.That((none.Status, none.Body), Is.EqualTo((404, "")));
    }

    [Test]
    public async Task Delete_OfAFile_TakesItAway()
    {
        await Api.PutAsync($"{File("gone")}?overwrite=false", "x");
        Assert.That((await Api.DeleteAsync(File("gone"))).Status, Is.EqualTo(204));
        Assert.That((await Api.GetAsync(File("gone"))).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Upload_OfManyAtOnce_LetsOneWinWithoutOverwrite()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Api.PutAsync($"{File("one")}?overwrite=false", $"writer {n}")));
        var winner = Array.FindIndex(answers, answer => answer.Status == 204);
        Assert.That(answers.Count(answer => answer.Status == 409), Is.EqualTo(11));
        Assert.That((await Api.GetAsync(File("one"))).Body, Is.EqualTo($"writer {winner}"));
    }

    [Test]
    public async Task PlaceFile_InAVolumeThatIsNew_MakesIt()
    {
        await Workspace.PlaceFileAsync("/Volumes/main/lab/photos/a/b.txt", Encoding.UTF8.GetBytes("b"));
        Assert.That((await Api.GetAsync("/api/2.0/fs/files/Volumes/main/lab/photos/a/b.txt")).Body, Is.EqualTo("b"));
    }
}
