using Mirion.Generation.Infrastructure.Databricks.Auth;
using Mirion.Generation.Infrastructure.Databricks.Http;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Auth;

[TestFixture]
public sealed class OnBehalfOfUserTests
{
    private ScriptedWorkspace _workspace = null!;
    private DatabricksHost _host = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _workspace = await ScriptedWorkspace.StartAsync();
        _host = DatabricksHost.At(_workspace.Host, clock: null, ("Workspace:Databricks:Token", "own"));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        await _workspace.DisposeAsync();
    }

    [TestCase(true, "users", "Bearer users")]
    [TestCase(false, "users", "Bearer own", Description = "the product's own tables are nobody else's")]
    [TestCase(true, null, "Bearer own")]
    [TestCase(true, "", "Bearer own")]
    public async Task Call_WhoeverAsks_IsSignedByWhomItIsMadeFor(bool onBehalf, string? token, string expected)
    {
        _host.User.AccessToken = token;

        await SendAsync(onBehalf);

        Assert.That(_workspace.Requests.Single().Authorization, Is.EqualTo(expected));
    }

    [Test]
    public async Task Call_WhenAUsersTokenIsRefused_IsNotMadeWithAnotherOnesRights()
    {
        _host.User.AccessToken = "users";
        _workspace.Always(ScriptedWorkspace.Json(401, ""));

        var status = await SendAsync(onBehalf: true);

        Assert.That((status, _workspace.Requests.Single().Authorization), Is.EqualTo((401, "Bearer users")));
    }

    // The handler alone: which calls are made on behalf of a user is for their APIs to say.
    private async Task<int> SendAsync(bool onBehalf)
    {
        var signing = _host.Get<AccessTokenHandler>();
        signing.InnerHandler = new SocketsHttpHandler();
        using var invoker = new HttpMessageInvoker(signing);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_workspace.Host, "/api/2.0/sql/statements/1"));
        if (onBehalf) request.Options.Set(new HttpRequestOptionsKey<bool>(RequestTraits.OnBehalfOfUser), true);
        using var response = await invoker.SendAsync(request, CancellationToken.None);
        return (int)response.StatusCode;
    }
}
