using Mirion.Generation.Application.Ports;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Models;

[TestFixture]
public sealed class OpenAIReplyTests : ModelServerFixture
{
    private static readonly Dictionary<string, ChatReply> Failures = new()
    {
        ["length"] = ChatReplies.CutOff("half an ans"),
        ["length, nothing but reasoning"] = ChatReplies.Null("length"),
        ["content_filter"] = ChatReplies.Filtered(),
        ["content_filter, text with it"] = ChatReplies.Filtered("some text"),
        ["model_refused"] = ChatReplies.Refusal("SECRET UPSTREAM BODY"),
        ["empty_answer"] = ChatReplies.Null(),
        ["empty_answer, blank"] = ChatReplies.Answer(" \n "),
        ["empty_answer, no text blocks"] = ChatReplies.Blocks("thinking"),
        ["model_refused, 400"] = ChatReplies.Status(400),
        ["model_refused, 413"] = ChatReplies.Status(413),
        ["model_refused, 422"] = ChatReplies.Status(422),
        ["model_refused, 451"] = ChatReplies.Status(451),
    };

    private static IEnumerable<string> FailureNames => Failures.Keys;

    [TestCaseSource(nameof(FailureNames))]
    public async Task AskAsync_WhenTheItemFails_NamesTheReasonAtOnceAndShowsNoBody(string name)
    {
        Server.Always(Failures[name]);

        var reply = await AskAsync();

        Assert.That(reply.Answer, Is.Null);
        Assert.That(reply.Error!.Code, Is.EqualTo(name.Split(',')[0]));
        Assert.That(reply.Error.Message, Does.Not.Contain("SECRET"));
        Assert.That((reply.Attempts, Server.CallCount, reply.Sent), Is.EqualTo((1, 1, Settings)));
    }

    [Test]
    public async Task AskAsync_WhenTheEndpointRefusesThePrompt_KeepsStatusAndRequestId()
    {
        Server.Always(ChatReplies.Status(400));

        var reply = await AskAsync();

        Assert.That(reply.Error!.Message, Does.Contain("HTTP 400").And.Contain("req-1"));
    }

    [Test]
    public async Task AskAsync_WhenTheAnswerIsCutOff_KeepsWhatWasCountedAndSaysWhatToRaise()
    {
        Server.Always(ChatReplies.CutOff("half"));

        var reply = await AskAsync();

        Assert.That((reply.FinishReason, reply.PromptTokens, reply.CompletionTokens), Is.EqualTo(("length", (int?)11, (int?)7)));
        Assert.That(reply.Error!.Message, Does.Contain("256").And.Contain("max_tokens"));
    }

    [Test]
    public async Task AskAsync_WhenTheAnswerComesInBlocks_PutsTheTextTogetherWithoutTheReasoning()
    {
        Server.Always(ChatReplies.Blocks("let me think", "scr", "atch"));

        Assert.That((await AskAsync()).Answer, Is.EqualTo("scratch"));
    }

    [Test]
    public async Task AskAsync_WhenTheAnswerHasWhiteSpaceAround_LeavesIt()
    {
        Server.Always(ChatReplies.Answer(" scratch\n"));

        Assert.That((await AskAsync()).Answer, Is.EqualTo(" scratch\n"));
    }

    [Test]
    public async Task AskAsync_WhenTokensAreCounted_ReportsThem()
    {
        var reply = await AskAsync();

        Assert.That((reply.FinishReason, reply.PromptTokens, reply.CompletionTokens), Is.EqualTo(("stop", (int?)11, (int?)7)));
    }

    [Test]
    public async Task AskAsync_WhenTokensAreNotCounted_ReportsNone()
    {
        Server.Always(ChatReplies.WithoutUsage("scratch"));

        var reply = await AskAsync();

        Assert.That((reply.Answer, reply.PromptTokens, reply.CompletionTokens), Is.EqualTo(("scratch", (int?)null, (int?)null)));
    }

    [TestCase(401, "FoundationModel:ApiKey")]
    [TestCase(403, "FoundationModel:ApiKey")]
    [TestCase(402, "quota")]
    [TestCase(404, "llama3")]
    [TestCase(405, "FoundationModel:BaseUrl")]
    public async Task AskAsync_WhenTheEndpointRefusesEverything_ThrowsAtOnceAndSaysWhatToCheck(int status, string advice)
    {
        Server.Always(ChatReplies.Status(status));

        var thrown = (await Assert.ThrowsAsync<UpstreamException>(() => AskAsync()))!;

        Assert.That(thrown.Code, Is.EqualTo("foundation_model_failed"));
        Assert.That(thrown.Message, Does.Contain($"HTTP {status}").And.Contain("req-1").And.Contain(advice));
        Assert.That(thrown.ToString(), Does.Not.Contain("SECRET"));
        Assert.That(Server.CallCount, Is.EqualTo(1));
    }

    [Test]
    public async Task AskAsync_WhenTheAccountIsEmpty_ThrowsAtOnce()
    {
        Server.Always(ChatReplies.Status(429, body: """{"error":{"message":"SECRET","type":"insufficient_quota","code":"insufficient_quota"}}"""));

        var thrown = (await Assert.ThrowsAsync<UpstreamException>(() => AskAsync()))!;

        Assert.That(thrown.Message, Does.Contain("quota").And.Not.Contain("SECRET"));
        Assert.That(Server.CallCount, Is.EqualTo(1));
    }

    [Test]
    public async Task AskAsync_WhenTheEndpointRedirects_FollowsNowhere()
    {
        await using var elsewhere = await FakeModelServer.StartAsync();
        Server.Always(ChatReplies.Redirect($"{elsewhere.BaseUrl}/chat/completions"));

        var thrown = (await Assert.ThrowsAsync<UpstreamException>(() => AskAsync()))!;

        Assert.That(thrown.Message, Does.Contain("redirects"));
        Assert.That(elsewhere.CallCount, Is.Zero);
    }
}
