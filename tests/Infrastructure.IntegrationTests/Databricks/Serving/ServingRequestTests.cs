using System.Text.Json;
using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.FakeDatabricks.Serving;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Serving;

/// <summary>What is asked, and by whom. The workspace refuses every member that it does not know.</summary>
[TestFixture]
public sealed class ServingRequestTests : ServingFixture
{
    private const string Schema = """{"type":"object","properties":{"defect":{"type":"string"},"größe":{"type":"number"}},"required":["defect"]}""";

    [Test]
    public async Task AskAsync_Always_SendsWhatIsDocumentedAndNothingElse()
    {
        var reply = await AskAsync();

        var call = Serving.Calls.Single();
        Assert.That(call.Members, Is.EqualTo(new[] { "model", "messages", "temperature", "max_tokens" }));
        Assert.That((call.Endpoint, call.Temperature, call.MaxTokens, call.Identity), Is.EqualTo((FakeServing.Model, (double?)0, (int?)256, "service-principal")));
        Assert.That((reply.Answer, reply.Sent, reply.PromptTokens, reply.CompletionTokens), Is.EqualTo(("answer to what is it?", Settings, (int?)11, (int?)7)));
    }

    [Test]
    public async Task AskAsync_WhenThereIsASchema_AsksForAnAnswerThatFollowsIt()
    {
        var settings = Settings with { OutputSchema = Schema };

        var reply = await AskAsync(settings: settings);

        using var body = JsonDocument.Parse(Serving.Calls.Single().Body);
        Assert.That(
            body.RootElement.GetProperty("response_format").GetRawText(),
            Is.EqualTo($$$"""{"type":"json_schema","json_schema":{"name":"answer","schema":{{{Schema}}},"strict":true}}"""));
        Assert.That(reply.Sent, Is.EqualTo(settings));
        Assert.That(reply.Answer, Is.EqualTo("""{"defect":"answer to what is it?","größe":0.5}""").Or.EqualTo("""{"defect":"answer to what is it?","gr\u00F6\u00DFe":0.5}"""));
    }

    [Test]
    public async Task AskAsync_WhenTheEndpointRefusesTheSchema_AsksWithoutItFromThenOn()
    {
        // As some keywords of a schema are, by the workspace on loopback.
        var settings = Settings with { OutputSchema = """{"type":"object","properties":{"defect":{"type":"string","pattern":"^[a-z]+$"}}}""" };
        var calls = Calls();

        var replies = new[] { await calls.AskAsync(Question(), settings, CancellationToken.None), await calls.AskAsync(Question(), settings, CancellationToken.None) };

        Assert.That(replies.Select(reply => (reply.Answer, reply.Sent)), Is.All.EqualTo(("answer to what is it?", Settings)));
        Assert.That(replies.Select(reply => reply.Attempts), Is.EqualTo(new[] { 2, 1 }));
    }

    [Test]
    public async Task AskAsync_WhenAnAnswerWasWrong_SendsItAndTheCorrectionAfterTheQuestion()
    {
        await AskAsync(Question() with { Wrong = new WrongAnswer("{}", "It lacks a property.") });

        Assert.That(
            Serving.Calls.Single().Messages.Select(turn => (turn.Role, turn.Text)),
            Is.EqualTo(new[] { ("user", "what is it?"), ("assistant", "{}"), ("user", "It lacks a property.") }));
    }

    [Test]
    public async Task AskAsync_WhenTheQuestionHasImages_SendsThemAsParts()
    {
        await AskAsync(new ModelPrompt("Look closely.", [], MessageContent.Of("what is it?", "data:image/png;base64,AA+/", "data:image/jpeg;base64,BBBB")));

        var turn = Serving.Calls.Single().Messages[^1];
        Assert.That((turn.Text, turn.InParts), Is.EqualTo(("what is it?", true)));
        Assert.That(turn.Images, Is.EqualTo(new[] { "data:image/png;base64,AA+/", "data:image/jpeg;base64,BBBB" }));
    }

    [Test]
    public async Task AskAsync_WhenThereAreExamples_SendsThemAsTurnsBeforeTheQuestion()
    {
        await AskAsync(new ModelPrompt("Be brief.", [new(MessageContent.Of("first?"), "one")], MessageContent.Of("second?")));

        Assert.That(
            Serving.Calls.Single().Messages.Select(turn => (turn.Role, turn.Text)),
            Is.EqualTo(new[] { ("system", "Be brief."), ("user", "first?"), ("assistant", "one"), ("user", "second?") }));
    }

    [Test]
    public async Task AskAsync_WhenThereIsAPersonalToken_IsAskedWithIt()
    {
        var calls = Calls(("Workspace:Databricks:ClientId", null), ("Workspace:Databricks:ClientSecret", null), ("Workspace:Databricks:Token", Workspace.Token));

        await calls.AskAsync(Question(), Settings, CancellationToken.None);

        Assert.That(Serving.Calls.Single().Identity, Is.EqualTo("owner"));
    }

    [Test]
    public async Task AskAsync_WhenAUserAsks_IsStillAskedAsThisProgram()
    {
        var host = Host();
        host.User.AccessToken = Workspace.AddUserToken("ada");

        await host.Get<ModelCalls>().AskAsync(Question(), Settings, CancellationToken.None);

        Assert.That(Serving.Calls.Single().Identity, Is.EqualTo("service-principal"));
    }

    [TestCase("")]
    [TestCase("/")]
    public async Task AskAsync_WhenABaseUrlIsSet_AsksThere(string end)
    {
        var gateway = new Uri(Workspace.Host, "/ai-gateway/mlflow/v1");
        var calls = Calls(("FoundationModel:Provider", "Databricks"), ("FoundationModel:BaseUrl", gateway + end));

        var reply = await calls.AskAsync(Question(), Settings with { Model = "system.ai.fake-model" }, CancellationToken.None);

        Assert.That(reply.Answer, Is.EqualTo("answer to what is it?"));
        Assert.That(Workspace.Requests[^1].Path, Is.EqualTo("/ai-gateway/mlflow/v1/chat/completions"));
        Assert.That(calls.Endpoint.Name, Is.EqualTo($"{gateway.Authority}/ai-gateway/mlflow/v1"));
    }

    [Test]
    public async Task AskAsync_WhenTokensEndInMidRun_LosesNothing()
    {
        var calls = Calls();
        var answers = new List<string?>();

        for (var i = 0; i < 6; i++)
        {
            if (i % 2 == 1) Workspace.ExpireTokens();
            answers.Add((await calls.AskAsync(Question($"{i}"), Settings, CancellationToken.None)).Answer);
        }

        Assert.That(answers, Is.EqualTo(Enumerable.Range(0, 6).Select(i => $"answer to {i}")));
        Assert.That(Workspace.Requests.Count(request => request.Status == 401), Is.EqualTo(3));
        Assert.That(Serving.CallCount, Is.EqualTo(6), "what is refused reaches no model");
    }

    [Test]
    public async Task AskAsync_WhenTokensEndWhileManyAsk_LosesNothing()
    {
        var calls = Calls();
        await calls.AskAsync(Question(), Settings, CancellationToken.None);
        Workspace.ExpireTokens();

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => calls.AskAsync(Question($"{i}"), Settings, CancellationToken.None)));

        Assert.That(replies.Select(reply => reply.Answer), Is.EqualTo(Enumerable.Range(0, 50).Select(i => $"answer to {i}")));
    }
}
