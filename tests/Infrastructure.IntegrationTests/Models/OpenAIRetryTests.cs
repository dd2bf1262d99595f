using Mirion.Generation.Application.Ports;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Models;

[TestFixture]
public sealed class OpenAIRetryTests : ModelServerFixture
{
    private static readonly Dictionary<string, ChatReply> Faults = new()
    {
        ["HTTP 408"] = ChatReplies.Status(408),
        ["HTTP 429"] = ChatReplies.Status(429),
        ["HTTP 429, no JSON"] = ChatReplies.Status(429, body: "<html>slow down</html>"),
        ["HTTP 429, a number for a code"] = ChatReplies.Status(429, body: """{"error":{"code":429}}"""),
        ["HTTP 429, a string for an error"] = ChatReplies.Status(429, body: """{"error":"slow down"}"""),
        ["HTTP 500"] = ChatReplies.Status(500),
        ["HTTP 502"] = ChatReplies.Status(502, body: "<html>"),
        ["HTTP 503"] = ChatReplies.Status(503, body: ""),
        ["HTTP 504"] = ChatReplies.Status(504),
        ["a broken connection"] = ChatReplies.Reset(),
        ["no chat completion, a login page"] = ChatReplies.Body("<html>SECRET UPSTREAM BODY</html>"),
        ["no chat completion, empty"] = ChatReplies.Body(""),
        ["no chat completion, null"] = ChatReplies.Body("null"),
        ["no chat completion, cut short"] = ChatReplies.Body("""{"choices":[{"message":{"content":"scr"""),
        ["no chat completion, an error"] = ChatReplies.Body("""{"error":{"message":"SECRET UPSTREAM BODY"}}"""),
        ["no chat completion, no choices"] = ChatReplies.Body("""{"choices":[]}"""),
        ["no chat completion, no message"] = ChatReplies.Body("""{"choices":[{"finish_reason":"stop"}]}"""),
        ["no chat completion, a number for an answer"] = ChatReplies.Body("""{"choices":[{"message":{"content":7}}]}"""),
        ["no chat completion, half a surrogate pair"] = ChatReplies.Body("""{"choices":[{"message":{"content":"a\ud800b"}}]}"""),
        ["no chat completion, beyond all bounds"] = ChatReplies.Endless(20 * 1024 * 1024),
    };

    private static IEnumerable<string> FaultNames => Faults.Keys;

    private static IEnumerable<string> Failures => FaultNames.Except(Throttlings);

    private static IEnumerable<string> Throttlings => FaultNames.Where(name => name.StartsWith("HTTP 429", StringComparison.Ordinal));

    [TestCaseSource(nameof(FaultNames))]
    public async Task AskAsync_WhenAFaultPasses_AnswersInTheEnd(string name)
    {
        Server.Next(Faults[name], Faults[name]);

        var reply = await AskAsync();

        Assert.That((reply.Answer, reply.Attempts, Server.CallCount), Is.EqualTo(("answer to what is it?", 3, 3)));
    }

    [TestCaseSource(nameof(Failures))]
    public async Task AskAsync_WhenAFaultStays_FailsTheItemWithItsLastStatus(string name)
    {
        Server.Always(Faults[name]);

        var reply = await Calls(("MaxAttempts", "3")).AskAsync(Question(), Settings, CancellationToken.None);

        Assert.That((reply.Answer, reply.Error!.Code, reply.Attempts, Server.CallCount), Is.EqualTo(((string?)null, "retries_exhausted", 3, 3)));
        Assert.That(reply.Error.Message, Does.Contain(name.Split(',')[0]).And.Not.Contain("SECRET"));
    }

    [TestCaseSource(nameof(Throttlings))]
    public async Task AskAsync_WhenItIsSentAwayForever_GivesUpAfterSomeMinutes(string name)
    {
        Server.Always(Faults[name]);

        var reply = await Calls(("MaxAttempts", "1")).AskAsync(Question(), Settings, CancellationToken.None);

        Assert.That((reply.Answer, reply.Error!.Code, reply.Attempts), Is.EqualTo(((string?)null, "retries_exhausted", Server.CallCount)));
        Assert.That(reply.Error.Message, Does.Contain("HTTP 429").And.Not.Contain("SECRET"));
        Assert.That(Clock.Delays.Sum(delay => delay.TotalSeconds), Is.InRange(300, 330));
    }

    [TestCase(null)]
    [TestCase("10")]
    public async Task AskAsync_WhenItIsSentAwayForAMinute_LosesNothing(string? retryAfter)
    {
        // The clock stands still, so the storm is over when its delays add up to a minute.
        Server.Always(call => Clock.Delays.Sum(delay => delay.TotalSeconds) < 60 ? ChatReplies.Status(429, retryAfter) : ChatReplies.Answer("at last"));

        var reply = await Calls(("MaxAttempts", "1")).AskAsync(Question(), Settings, CancellationToken.None);

        Assert.That((reply.Answer, reply.Attempts), Is.EqualTo(("at last", Server.CallCount)));
    }

    [Test]
    public async Task AskAsync_WhenItIsSentAwayAndFailsByTurns_GrantsFailuresTheirAttemptsAlone()
    {
        Server.Always(call => ChatReplies.Status(call.Number % 3 == 0 ? 500 : 429));

        var reply = await Calls(("MaxAttempts", "3")).AskAsync(Question(), Settings, CancellationToken.None);

        Assert.That((reply.Error!.Code, reply.Attempts), Is.EqualTo(("retries_exhausted", 9)), "three failures, and twice sent away before each");
        Assert.That(reply.Error.Message, Does.Contain("HTTP 500"));
    }

    [Test]
    public async Task AskAsync_WhenEachAttemptFails_WaitsLongerEachTimeWithJitter()
    {
        var asked = new List<DateTimeOffset>();
        Server.Always((call, context) =>
        {
            asked.Add(Clock.GetUtcNow());
            return ChatReplies.Status(503)(call, context);
        });

        await AskAsync();

        // Between attempts and not by single delays: where the gate waits longer than the strategy does, one wait is two of them.
        var waits = asked.Zip(asked.Skip(1), (one, next) => next - one).ToList();
        Assert.That(waits, Has.Count.EqualTo(5), "six attempts, the first included");
        Assert.That(waits, Has.All.InRange(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(60)));
        Assert.That(waits.Select(wait => wait.TotalSeconds).Sum(), Is.InRange(8, 120), "1, 2, 4, 8 and 16 s, more or less");
    }

    [Test]
    public async Task AskAsync_WhenOneAttemptIsAllowed_MakesOne()
    {
        Server.Always(ChatReplies.Status(503));

        var reply = await Calls(("MaxAttempts", "1")).AskAsync(Question(), Settings, CancellationToken.None);

        Assert.That((reply.Error!.Code, reply.Attempts, Server.CallCount), Is.EqualTo(("retries_exhausted", 1, 1)));
    }

    [TestCase("7", 7)]
    [TestCase("120", 120)]
    [TestCase("86400", 300, Description = "no call waits a day")]
    public async Task AskAsync_WhenTheServerSaysHowManySecondsToWait_WaitsThatLong(string retryAfter, int seconds)
    {
        Server.Next(ChatReplies.Status(429, retryAfter));

        await AskAsync();

        Assert.That(Clock.Delays, Is.EqualTo(new[] { TimeSpan.FromSeconds(seconds) }));
    }

    [Test]
    public async Task AskAsync_WhenTheServerSaysWhenToComeBack_WaitsUntilThen()
    {
        Server.Next(ChatReplies.Status(503, Clock.GetUtcNow().AddSeconds(42).ToString("R")));

        await AskAsync();

        Assert.That(Clock.Delays, Is.EqualTo(new[] { TimeSpan.FromSeconds(42) }));
    }

    [TestCase("0")]
    [TestCase("Fri, 31 Dec 1999 23:59:59 GMT")]
    [TestCase("soon")]
    public async Task AskAsync_WhenTheServersWishSaysNothing_WaitsAsUsual(string retryAfter)
    {
        Server.Next(ChatReplies.Status(429, retryAfter));
        var start = Clock.GetUtcNow();

        await AskAsync();

        Assert.That(Clock.GetUtcNow() - start, Is.InRange(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(5)));
    }

    [TestCase("""{"error":{"code":429,"type":"rate_limit_exceeded","retry_after":17}}""", null, 17)]
    [TestCase("""{"error":{"retry_after":"17.5"}}""", null, 17.5)]
    [TestCase("""{"error":{"retry_after":17}}""", "3", 3, Description = "the header wins")]
    [TestCase("""{"error":{"retry_after":1e300}}""", null, 300)]
    public async Task AskAsync_WhenTheBodySaysHowLongToWait_WaitsThatLong(string body, string? retryAfter, double seconds)
    {
        Server.Next(ChatReplies.Status(429, retryAfter, body));

        await AskAsync();

        Assert.That(Clock.Delays, Is.EqualTo(new[] { TimeSpan.FromSeconds(seconds) }));
    }

    [Test]
    public async Task AskAsync_WhenAnAttemptTakesTooLong_TriesAgain()
    {
        var asked = new TaskCompletionSource();
        Server.Next((call, context) =>
        {
            asked.SetResult();
            return ChatReplies.Silence()(call, context);
        });
        var completing = AskAsync();
        await asked.Task;

        Clock.Advance(TimeSpan.FromHours(1));
        var reply = await completing;

        Assert.That((reply.Answer, reply.Attempts), Is.EqualTo(("answer to what is it?", 2)));
    }

    [Test]
    public async Task AskAsync_WhenEveryAttemptTakesTooLong_SaysSo()
    {
        Server.Always((call, context) =>
        {
            Clock.Advance(TimeSpan.FromHours(1));
            return ChatReplies.Silence()(call, context);
        });

        var reply = await Calls(("MaxAttempts", "2")).AskAsync(Question(), Settings, CancellationToken.None);

        Assert.That((reply.Error!.Code, reply.Attempts), Is.EqualTo(("retries_exhausted", 2)));
        Assert.That(reply.Error.Message, Does.Contain("3600 s"));
    }

    [Test]
    public async Task AskAsync_WhenTheCallerLeavesDuringACall_EndsTheCall()
    {
        var asked = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        Server.Always((_, context) =>
        {
            context.RequestAborted.Register(ended.SetResult);
            asked.SetResult();
            return ended.Task;
        });
        using var leaving = new CancellationTokenSource();
        var completing = Calls().AskAsync(Question(), Settings, leaving.Token);
        await asked.Task;

        await leaving.CancelAsync();

        Assert.That(async () => await completing, Throws.InstanceOf<OperationCanceledException>());
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(Server.CallCount, Is.EqualTo(1));
    }

    [Test]
    public async Task AskAsync_WhenTheCallerLeavesBetweenAttempts_StopsWaiting()
    {
        using var leaving = new CancellationTokenSource();
        var standing = new SkippingClock(TimeSpan.FromMilliseconds(1));
        await using var host = ModelHost.For(Server, standing);
        Server.Always((call, context) =>
        {
            context.Response.OnCompleted(leaving.CancelAsync);
            return ChatReplies.Status(503)(call, context);
        });

        Assert.That(async () => await host.Calls.AskAsync(Question(), Settings, leaving.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Server.CallCount, Is.EqualTo(1));
    }

    [Test]
    public async Task AskAsync_WhenNobodyIsThere_HasSentNothing()
    {
        await using var host = ModelHost.With(Clock, ("BaseUrl", "http://127.0.0.1:9/v1"), ("TimeoutSeconds", "3600"), ("MaxAttempts", "3"));

        var reply = await host.Calls.AskAsync(Question(), Settings, CancellationToken.None);

        Assert.That((reply.Error!.Code, reply.Attempts, reply.Sent), Is.EqualTo(("retries_exhausted", 3, (ModelSettings?)null)));
        Assert.That(reply.Error.Message, Does.Contain("no connection"));
    }

    [Test]
    public async Task AskAsync_WhateverFails_LogsStatusesAndNeitherKeyNorData()
    {
        var host = Host();
        Server.Next(ChatReplies.Status(503), ChatReplies.Body("SECRET UPSTREAM BODY"), ChatReplies.Reset());

        await host.Calls.AskAsync(Question("SECRET question"), Settings, CancellationToken.None);

        Assert.That(host.Logs.Lines, Has.Count.EqualTo(3), "one line for each failed attempt, none for the good one");
        Assert.That(host.Logs.Text, Does.Contain("503").And.Not.Contain("SECRET"));
    }
}
