using Mirion.Generation.FakeDatabricks;

namespace Mirion.Generation.Infrastructure.IntegrationTests.FakeDatabricks;

public sealed class UnknownRoutesTests
{
    [TestCase("GET", "/api/2.0/clusters/list")]
    [TestCase("POST", "/api/2.0/fs/files/Volumes/main/mirion/staging/x")]
    public async Task Dispose_WhenSomethingUnknownWasAskedFor_Throws(string method, string path)
    {
        var workspace = await FakeDatabricksWorkspace.StartAsync();
        using var api = new Wire(workspace, workspace.Token);

        var answer = await api.SendAsync(new HttpMethod(method), path);

        Assert.That((answer.Status, answer.Json.GetProperty("message").GetString()), Is.EqualTo((501, $"No API found for pattern: {method} {path}")));
        Assert.That(async () => await workspace.DisposeAsync(), Throws.InvalidOperationException.With.Message.Contains($"{method} {path}"));
        Assert.That(Directory.Exists(workspace.Folder), Is.False);
    }
}
