using System.Text.Json;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Models;

/// <summary>A schema goes over the wire where the endpoint takes it. One that does not is asked without, and nothing fails for it.</summary>
[TestFixture]
public sealed class OpenAISchemaTests : ModelServerFixture
{
    private const string Open = """{"type":"object","properties":{"größe":{"type":"number"},"kind":{"type":"string"}},"required":["kind"]}""";
    private const string Closed = """{"type":"object","properties":{"kind":{"type":"string"}},"required":["kind"],"additionalProperties":false}""";

    private static readonly ModelSettings WithSchema = Settings with { OutputSchema = Open };

    [TestCase(Open, false)]
    [TestCase(Closed, true)]
    [TestCase("""{"type":"object","properties":{"a":{"type":"object","properties":{"b":{}}}},"required":["a"],"additionalProperties":false}""", false)]
    public async Task AskAsync_WhenThereIsASchema_SendsItStrictWhereItLeavesNothingToChoice(string schema, bool strict)
    {
        var settings = Settings with { OutputSchema = schema };

        var reply = await Calls().AskAsync(Question(), settings, CancellationToken.None);

        using var body = JsonDocument.Parse(Server.Calls.Single().Body);
        Assert.That(
            body.RootElement.GetProperty("response_format").GetRawText(),
            Is.EqualTo($$$"""{"type":"json_schema","json_schema":{"name":"answer","schema":{{{schema}}},"strict":{{{(strict ? "true" : "false")}}}}}"""));
        Assert.That(reply.Sent, Is.EqualTo(settings));
    }

    [TestCase(400, """{"error":{"message":"Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.","param":"response_format","code":null}}""")]
    [TestCase(400, """{"object":"error","message":"The provided JSON schema contains features not supported by the grammar.","code":400}""")]
    [TestCase(422, """{"detail":[{"type":"extra_forbidden","loc":["body","x"],"msg":"SECRET UPSTREAM BODY"}]}""")]
    [TestCase(422, "")]
    public async Task AskAsync_WhenTheEndpointRefusesTheSchema_AsksWithoutItAtOnceAndFromThenOn(int status, string body)
    {
        Server.Always(call => call.Members.Contains("response_format") ? ChatReplies.Status(status, body: body) : ChatReplies.Answer("{}"));
        var calls = Calls(("MaxAttempts", "1"));

        var first = await calls.AskAsync(Question("1"), WithSchema, CancellationToken.None);
        var second = await calls.AskAsync(Question("2"), WithSchema, CancellationToken.None);

        Assert.That(new[] { first, second }.Select(reply => (reply.Answer, reply.Sent, reply.Error)), Is.All.EqualTo(("{}", Settings, default(Domain.QAPairs.GenerationError))));
        Assert.That((first.Attempts, second.Attempts), Is.EqualTo((2, 1)));
        Assert.That(Server.Calls.Select(call => call.Members.Contains("response_format")), Is.EqualTo(new[] { true, false, false }));
        Assert.That(Clock.Delays, Has.None.GreaterThan(TimeSpan.FromMilliseconds(400)), "no delay of a retry");
    }

    [Test]
    public async Task AskAsync_WhenOneSchemaOfOneModelIsRefused_StillSendsOthers()
    {
        Server.Always(call => call.Model == "llama3" && call.Body.Contains("größe", StringComparison.Ordinal) ? ChatReplies.Status(422) : ChatReplies.Answer("{}"));
        var calls = Calls();
        await calls.AskAsync(Question(), WithSchema, CancellationToken.None);

        var other = await calls.AskAsync(Question(), Settings with { OutputSchema = Closed }, CancellationToken.None);
        var elsewhere = await calls.AskAsync(Question(), WithSchema with { Model = "qwen" }, CancellationToken.None);

        Assert.That((other.Sent?.OutputSchema, elsewhere.Sent?.OutputSchema), Is.EqualTo((Closed, Open)));
    }

    [TestCase(400, true)]
    [TestCase(400, false)]
    [TestCase(422, false)]
    public async Task AskAsync_WhenTheQuestionItselfIsRefused_FailsItAndGoesOnSendingTheSchema(int status, bool withSchema)
    {
        Server.Next(ChatReplies.Status(status, body: """{"error":{"message":"Your prompt was flagged."}}"""));
        var calls = Calls();

        var refused = await calls.AskAsync(Question(), withSchema ? WithSchema : Settings, CancellationToken.None);
        var next = await calls.AskAsync(Question(), WithSchema, CancellationToken.None);

        Assert.That((refused.Error?.Code, next.Sent), Is.EqualTo(("model_refused", WithSchema)));
    }

    [Test]
    public async Task AskAsync_WhenTheQuestionIsRefusedWithoutTheSchemaToo_FailsIt()
    {
        Server.Always(ChatReplies.Status(400, body: """{"error":{"message":"response_format, and your prompt was flagged."}}"""));

        var reply = await Calls().AskAsync(Question(), WithSchema, CancellationToken.None);

        Assert.That((reply.Error?.Code, Server.CallCount), Is.EqualTo(("model_refused", 2)));
    }

    [Test]
    public async Task AskAsync_WhenManyAskAnEndpointThatRefusesSchemas_FailsNone()
    {
        Server.Always(call => call.Members.Contains("response_format") ? ChatReplies.Status(400, body: "response_format") : ChatReplies.Answer(call.Question));
        var calls = Calls();

        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => calls.AskAsync(Question($"q{i}"), WithSchema, CancellationToken.None)));

        Assert.That(replies.Select(reply => reply.Answer), Is.EqualTo(Enumerable.Range(0, 200).Select(i => $"q{i}")));
        Assert.That(Server.CallCount, Is.LessThan(300), "those that were under way, and no more");
    }
}
