using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.FakeDatabricks.Serving;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Serving;

[TestFixture]
public sealed class ServingCheckTests : ServingFixture
{
    [Test]
    public async Task CheckAsync_WhenTheEndpointIsReady_HasNothingAgainstIt() => Assert.That(await CheckAsync(FakeServing.Model), Is.Null);

    [Test]
    public async Task CheckAsync_WhenThereIsNoSuchEndpoint_NamesIt()
    {
        var error = await CheckAsync("no-such/model ");

        Assert.That((error!.Kind, error.Code), Is.EqualTo((ErrorKind.Upstream, "foundation_model_failed")));
        Assert.That(error.Message, Does.Contain("'no-such/model '").And.Contain("base_model"));
    }

    [Test]
    public async Task CheckAsync_WhenTheEndpointIsNotReady_SaysSo()
    {
        Serving.Endpoint(FakeServing.Model, ready: false);

        Assert.That((await CheckAsync(FakeServing.Model))!.Message, Does.Contain("not ready").And.Contain(FakeServing.Model));
    }

    [Test]
    public async Task CheckAsync_WhenTheCredentialsMayNotQueryIt_SaysWhatTheyLack()
    {
        Workspace.Deny("service-principal", "/api/2.0/serving-endpoints");

        Assert.That((await CheckAsync(FakeServing.Model))!.Message, Does.Contain("HTTP 403").And.Contain("CAN QUERY"));
    }

    [Test]
    public async Task CheckAsync_WhenTheCredentialsAreWrong_SaysSoWithoutThem()
    {
        var error = await CheckAsync(FakeServing.Model, ("Workspace:Databricks:ClientSecret", "SECRET"));

        Assert.That(error!.Message, Does.Contain("ClientId and ClientSecret").And.Not.Contain("SECRET"));
    }

    [Test]
    public async Task CheckAsync_WhenNobodyIsThere_SaysWhatToCheck()
    {
        var error = await CheckAsync(FakeServing.Model, ("Workspace:Databricks:Host", "http://127.0.0.1:9"));

        Assert.That(error!.Message, Does.Contain("Workspace:Databricks:Host"));
    }

    [TestCase(null)]
    [TestCase(" ")]
    public async Task CheckAsync_WhenNoModelIsNamed_AsksForOne(string? model) => Assert.That((await CheckAsync(model))!.Kind, Is.EqualTo(ErrorKind.Invalid));

    [Test]
    public async Task CheckAsync_WhenTheModelIsBehindAGateway_OnlyAsksWhetherSomebodyIsThere()
    {
        await using var workspace = await FakeDatabricksWorkspace.StartAsync(new FakeDatabricksOptions { RefuseUnknownRoutes = false });
        await using var host = DatabricksHost.For(workspace, clock: null, ("FoundationModel:Provider", "Databricks"), ("FoundationModel:BaseUrl", new Uri(workspace.Host, "/ai-gateway/mlflow/v1").ToString()));

        Assert.That(await host.Get<IFoundationModel>().CheckAsync("system.ai.whatever", CancellationToken.None), Is.Null);
        Assert.That(workspace.Requests.Select(request => request.Path), Has.None.Contains("/api/2.0/serving-endpoints"));
    }

    [Test]
    public async Task CheckAsync_WhenTheGatewayRefusesTheCredentials_SaysSo()
    {
        await using var gateway = await ScriptedWorkspace.StartAsync();
        gateway.Always(ScriptedWorkspace.Json(403, "{}"));
        await using var host = DatabricksHost.At(gateway.Host, clock: null, ("Workspace:Databricks:Token", "dapi-SECRET"), ("FoundationModel:Provider", "Databricks"), ("FoundationModel:BaseUrl", new Uri(gateway.Host, "/ai-gateway/mlflow/v1").ToString()));

        var error = await host.Get<IFoundationModel>().CheckAsync("system.ai.x", CancellationToken.None);

        Assert.That(error!.Message, Does.Contain("HTTP 403").And.Contain("CAN QUERY").And.Not.Contain("SECRET"));
    }

    [Test]
    public async Task CheckAsync_WhenTheBaseUrlIsTheWorkspacesOwn_LooksAtTheEndpoint()
    {
        var error = await CheckAsync("no-such-model", ("FoundationModel:Provider", "Databricks"), ("FoundationModel:BaseUrl", new Uri(Workspace.Host, "/serving-endpoints/").ToString()));

        Assert.That(error!.Message, Does.Contain("'no-such-model'"));
    }

    private Task<Error?> CheckAsync(string? model, params (string Key, string? Value)[] settings) => Model(settings).CheckAsync(model, CancellationToken.None);
}
