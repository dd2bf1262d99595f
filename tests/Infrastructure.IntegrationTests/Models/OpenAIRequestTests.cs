using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Models;

[TestFixture]
public sealed class OpenAIRequestTests : ModelServerFixture
{
    [Test]
    public async Task AskAsync_WhenThereAreExamples_SendsThemAsTurnsBeforeTheQuestion()
    {
        PromptExample[] examples = [new(MessageContent.Of("first?"), "one"), new(MessageContent.Of("second?"), "two", "item-2", 0.5)];

        await AskAsync(new ModelPrompt("Be brief.", examples, MessageContent.Of("third?")));

        Assert.That(Server.Calls.Single().Messages.Select(turn => (turn.Role, turn.Text, turn.InParts)), Is.EqualTo(new[]
        {
            ("system", "Be brief.", false), ("user", "first?", false), ("assistant", "one", false),
            ("user", "second?", false), ("assistant", "two", false), ("user", "third?", false),
        }));
    }

    [Test]
    public async Task AskAsync_WhenThereIsNoSystemPrompt_SendsNone()
    {
        await AskAsync(Question("what?"));

        Assert.That(Server.Calls.Single().Messages.Select(turn => turn.Role), Is.EqualTo(new[] { "user" }));
    }

    [Test]
    public async Task AskAsync_WhenTheTemperatureIsZero_SendsItWithModelAndLimitAndNothingElse()
    {
        await AskAsync();

        var call = Server.Calls.Single();
        Assert.That((call.Model, call.Temperature, call.MaxTokens), Is.EqualTo(("llama3", (double?)0, (int?)256)));
        Assert.That(call.Members, Is.EquivalentTo(new[] { "model", "messages", "temperature", "max_tokens" }));
    }

    [Test]
    public async Task AskAsync_WhenTheQuestionHasImages_SendsPartsWithTheTextFirst()
    {
        await AskAsync(new ModelPrompt(null, [], MessageContent.Of("what is it?", "data:image/png;base64,AA+/", "data:image/png;base64,BB==")));

        var turn = Server.Calls.Single().Messages.Single();
        Assert.That((turn.Text, turn.InParts), Is.EqualTo(("what is it?", true)));
        Assert.That(turn.Images, Is.EqualTo(new[] { "data:image/png;base64,AA+/", "data:image/png;base64,BB==" }));
        Assert.That(Server.Calls.Single().Body, Does.Contain("AA+/"), "base64 must not be escaped, it is long enough");
    }

    [Test]
    public async Task AskAsync_WhenAnImageSaysItAll_SendsNoTextPart()
    {
        await AskAsync(new ModelPrompt(null, [], MessageContent.Of("", "data:image/png;base64,AA")));

        Assert.That(Server.Calls.Single().Body, Does.Not.Contain("\"type\":\"text\""));
    }

    [Test]
    public async Task AskAsync_WhenTheTextIsNotAscii_SendsItAsItIs()
    {
        await AskAsync(Question("Lötstelle 漢字 😀 \"q\" \n"));

        Assert.That(Server.Calls.Single().Question, Is.EqualTo("Lötstelle 漢字 😀 \"q\" \n"));
        Assert.That(Server.Calls.Single().Body, Does.Contain("Lötstelle 漢字 😀"));
    }

    [Test]
    public async Task AskAsync_Always_SaysWhoAsks()
    {
        await AskAsync();

        var headers = Server.Calls.Single().Headers;
        Assert.That(headers["User-Agent"], Does.Match(@"^mirion-generation/\d+\.\d+\.\d+$"));
        Assert.That(headers["Authorization"], Is.EqualTo($"Bearer {ModelHost.Key}"));
        Assert.That(headers["Content-Type"], Does.StartWith("application/json"));
    }

    [Test]
    public async Task AskAsync_WhenThereIsNoKey_SendsNone()
    {
        await Calls(("ApiKey", "")).AskAsync(Question(), Settings, CancellationToken.None);

        Assert.That(Server.Calls.Single().Headers.Keys, Has.None.EqualTo("Authorization"));
    }

    [Test]
    public async Task AskAsync_WhenTheBaseUrlEndsInASlash_AsksTheSamePath()
    {
        var calls = Calls(("BaseUrl", Server.BaseUrl + "/"));

        var reply = await calls.AskAsync(Question(), Settings, CancellationToken.None);

        Assert.That(reply.Answer, Is.EqualTo("answer to what is it?"));
        Assert.That(calls.Endpoint.Name, Is.EqualTo(Server.BaseUrl["http://".Length..]));
    }

    [Test]
    public async Task AskAsync_WhenTheServerSetsACookie_DoesNotBringItBack()
    {
        Server.Always((call, context) =>
        {
            context.Response.Headers.SetCookie = "session=1";
            return ChatReplies.Answer("scratch")(call, context);
        });
        var calls = Calls();

        for (var i = 0; i < 2; i++) await calls.AskAsync(Question(), Settings, CancellationToken.None);

        Assert.That(Server.Calls[1].Headers.Keys, Has.None.EqualTo("Cookie"));
    }

    [Test]
    public async Task AttemptAsync_WhenManyAskAtOnce_HoldsNoneBack()
    {
        const int Questions = 100;
        var all = new TaskCompletionSource();
        var open = 0;
        Server.Always((call, context) =>
        {
            if (Interlocked.Increment(ref open) == Questions) all.SetResult();
            return ChatReplies.After(all.Task, ChatReplies.Answer(call.Question))(call, context);
        });
        var model = Model(("MaxConcurrency", $"{Questions}"));

        var attempts = await Task.WhenAll(Enumerable.Range(0, Questions).Select(number => model.AttemptAsync(Question($"q{number}"), Settings, CancellationToken.None)));

        Assert.That(attempts.Select(attempt => attempt.Reply?.Answer), Is.EqualTo(Enumerable.Range(0, Questions).Select(number => $"q{number}")));
        Assert.That(Server.MostInFlight, Is.EqualTo(Questions));
    }

    [Test]
    public async Task AskAsync_Always_ReportsWhatWentOverTheWire()
    {
        var settings = new ModelSettings("gpt", 0.25, 99);

        var reply = await Calls().AskAsync(Question(), settings, CancellationToken.None);

        Assert.That((reply.Model, reply.Sent), Is.EqualTo(("gpt", settings)));
    }

    [Test]
    public async Task AskAsync_WhenAnAnswerWasWrong_SendsItAndTheCorrectionAfterTheQuestion()
    {
        await AskAsync(new ModelPrompt("Be brief.", [new(MessageContent.Of("first?"), "one")], MessageContent.Of("second?"), new WrongAnswer("two", "Not so.")));

        Assert.That(Server.Calls.Single().Messages.Select(turn => (turn.Role, turn.Text)), Is.EqualTo(new[]
        {
            ("system", "Be brief."), ("user", "first?"), ("assistant", "one"), ("user", "second?"), ("assistant", "two"), ("user", "Not so."),
        }));
    }
}
