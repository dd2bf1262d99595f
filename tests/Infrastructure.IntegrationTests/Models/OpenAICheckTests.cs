using Microsoft.Extensions.Time.Testing;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Models;

[TestFixture]
public sealed class OpenAICheckTests : ModelServerFixture
{
    [TestCase(null)]
    [TestCase(" ")]
    public async Task CheckAsync_WhenNoModelIsNamed_AsksForOneWithoutACall(string? model)
    {
        var error = await Model().CheckAsync(model, CancellationToken.None);

        Assert.That(error!.Kind, Is.EqualTo(ErrorKind.Invalid));
        Assert.That(error.Fields["generation_config.model"], Is.EqualTo(new[] { "name a model in generation_config.model or the template's base_model" }));
        Assert.That(Server.ModelListCalls, Is.Zero);
    }

    [Test]
    public async Task CheckAsync_WhenTheModelIsNotListed_HasNothingAgainstIt() =>
        Assert.That(await CheckAsync(), Is.Null);

    [TestCase(404)]
    [TestCase(405)]
    [TestCase(429)]
    [TestCase(500)]
    [TestCase(503)]
    public async Task CheckAsync_WhenTheEndpointListsNoModels_HasNothingAgainstIt(int status)
    {
        Server.ListsModels(ChatReplies.Status(status));

        Assert.That(await CheckAsync(), Is.Null);
        Assert.That(Server.ModelListCalls, Is.EqualTo(1));
    }

    [Test]
    public async Task CheckAsync_WhenTheListIsNoList_HasNothingAgainstIt()
    {
        Server.ListsModels(ChatReplies.Body("<html>"));

        Assert.That(await CheckAsync(), Is.Null);
    }

    [TestCase(401)]
    [TestCase(403)]
    public async Task CheckAsync_WhenTheKeyIsRefused_SaysSoWithoutIt(int status)
    {
        Server.ListsModels(ChatReplies.Status(status));

        var error = await CheckAsync();

        Assert.That((error!.Kind, error.Code), Is.EqualTo((ErrorKind.Upstream, "foundation_model_failed")));
        Assert.That(error.Message, Does.Contain($"HTTP {status}").And.Contain("FoundationModel:ApiKey").And.Not.Contain("SECRET"));
    }

    [TestCase("http://127.0.0.1:9/v1", "127.0.0.1:9/v1")]
    [TestCase("http://no-such-host.invalid/v1", "no-such-host.invalid/v1")]
    public async Task CheckAsync_WhenNobodyIsThere_NamesTheEndpointAndWhatToCheck(string url, string endpoint)
    {
        await using var host = ModelHost.With(clock: null, ("BaseUrl", url), ("ApiKey", ModelHost.Key));

        var error = await host.Model.CheckAsync("llama3", CancellationToken.None);

        Assert.That((error!.Kind, error.Code), Is.EqualTo((ErrorKind.Upstream, "foundation_model_failed")));
        Assert.That(error.Message, Does.Contain(endpoint).And.Contain("FoundationModel:BaseUrl").And.Not.Contain("SECRET"));
    }

    [Test]
    public async Task CheckAsync_WhenAConnectionBreaksOnce_TriesAgain()
    {
        var first = true;
        Server.ListsModels((call, context) =>
        {
            var reply = first ? ChatReplies.Reset() : ChatReplies.Body("{}");
            first = false;
            return reply(call, context);
        });

        Assert.That(await CheckAsync(), Is.Null);
        Assert.That(Server.ModelListCalls, Is.EqualTo(2));
    }

    [Test]
    public async Task CheckAsync_WhenConnectionsKeepBreaking_GivesUpAfterTheSecond()
    {
        Server.ListsModels(ChatReplies.Reset());

        Assert.That((await CheckAsync())!.Code, Is.EqualTo("foundation_model_failed"));
        Assert.That(Server.ModelListCalls, Is.EqualTo(2));
    }

    [Test]
    public async Task CheckAsync_WhenNobodyAnswersInTime_SaysSo()
    {
        var clock = new FakeTimeProvider();
        await using var host = ModelHost.For(Server, clock);
        Server.ListsModels((call, context) =>
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            return ChatReplies.Silence()(call, context);
        });

        var error = await host.Model.CheckAsync("llama3", CancellationToken.None);

        Assert.That(error!.Message, Does.Contain("10 s"));
    }

    [Test]
    public async Task CheckAsync_WhenTheCallerLeaves_IsCancelled()
    {
        var asked = new TaskCompletionSource();
        Server.ListsModels((call, context) =>
        {
            asked.SetResult();
            return ChatReplies.Silence()(call, context);
        });
        await using var host = ModelHost.For(Server);
        using var leaving = new CancellationTokenSource();
        var checking = host.Model.CheckAsync("llama3", leaving.Token);
        await asked.Task;

        await leaving.CancelAsync();

        Assert.That(async () => await checking, Throws.InstanceOf<OperationCanceledException>());
    }

    private async Task<Error?> CheckAsync()
    {
        await using var host = ModelHost.For(Server);
        return await host.Model.CheckAsync("not-listed", CancellationToken.None);
    }
}
