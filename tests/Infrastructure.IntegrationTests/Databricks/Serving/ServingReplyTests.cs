using Mirion.Generation.Application.Ports;
using Mirion.Generation.FakeDatabricks.Serving;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Serving;

[TestFixture]
public sealed class ServingReplyTests : ServingFixture
{
    private static readonly Dictionary<string, ServingAnswer> Storms = new()
    {
        ["no word on when to come back"] = ServingAnswers.RateLimited(),
        ["the other code"] = ServingAnswers.RateLimited(code: "RATE_LIMIT_EXCEEDED"),
        ["seconds"] = ServingAnswers.RateLimited("5"),
        ["a date in the past"] = ServingAnswers.RateLimited("Fri, 31 Dec 1999 23:59:59 GMT"),
        ["OpenAI's words"] = ServingAnswers.RateLimitedLikeOpenAI(5),
        ["OpenAI's words and a header"] = ServingAnswers.RateLimitedLikeOpenAI(5, "7"),
        ["a page"] = ServingAnswers.Raw(429, "<html>slow down</html>", "text/html"),
    };

    private static IEnumerable<string> StormNames => Storms.Keys;

    [TestCaseSource(nameof(StormNames))]
    public async Task AskAsync_WhenAStormLastsAMinute_LosesNoQuestion(string name)
    {
        var over = Clock.GetUtcNow().AddMinutes(1);
        Serving.Always(call => (Clock.GetUtcNow() < over ? Storms[name] : ServingAnswers.Text(call.Question))(call));
        var calls = Calls(("FoundationModel:MaxAttempts", "2"));

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => calls.AskAsync(Question($"q{i}"), Settings, CancellationToken.None)));

        Assert.That(replies.Select(reply => reply.Answer), Is.EqualTo(Enumerable.Range(0, 20).Select(i => $"q{i}")));
        Assert.That(replies.Max(reply => reply.Attempts), Is.GreaterThan(2), "being sent away is no failed attempt");
    }

    [TestCase("OpenAI's words", 5)]
    [TestCase("OpenAI's words and a header", 7)]
    [TestCase("seconds", 5)]
    public async Task AskAsync_WhenTheEndpointSaysHowLongToWait_WaitsThatLong(string storm, int seconds)
    {
        Serving.Next(Storms[storm]);

        await AskAsync();

        Assert.That(Clock.Delays, Is.EqualTo(new[] { TimeSpan.FromSeconds(seconds) }));
    }

    [Test]
    public async Task AskAsync_WhenTheEndpointSaysUntilWhen_WaitsUntilThen()
    {
        Serving.Next(ServingAnswers.RateLimited(Clock.GetUtcNow().AddSeconds(33).ToString("R")));

        await AskAsync();

        Assert.That(Clock.Delays, Is.EqualTo(new[] { TimeSpan.FromSeconds(33) }));
    }

    [Test]
    public async Task AskAsync_WhenTheAnswerComesInBlocks_TakesTheTextAndNotTheThoughts()
    {
        Serving.Always(ServingAnswers.Blocks("SECRET thought", "scra", "tch"));

        Assert.That((await AskAsync()).Answer, Is.EqualTo("scratch"));
    }

    [TestCase("null", "empty_answer")]
    [TestCase("cut off", "length")]
    [TestCase("filtered", "content_filter")]
    [TestCase("guarded", "model_refused")]
    public async Task AskAsync_WhenThereIsNoWholeAnswer_SaysWhyForThisItemAlone(string how, string code)
    {
        Serving.Next(how switch
        {
            "null" => ServingAnswers.Null(),
            "cut off" => ServingAnswers.CutOff("scr"),
            "filtered" => ServingAnswers.Filtered("scr"),
            _ => ServingAnswers.Blocked(),
        });
        var calls = Calls();

        var replies = new[] { await calls.AskAsync(Question(), Settings, CancellationToken.None), await calls.AskAsync(Question(), Settings, CancellationToken.None) };

        Assert.That((replies[0].Answer, replies[0].Error!.Code, replies[1].Answer), Is.EqualTo(((string?)null, code, "answer to what is it?")));
    }

    [Test]
    public async Task AskAsync_WhenTheEndpointIsRetired_EndsTheRunWithTheRemedy()
    {
        Serving.Always(ServingAnswers.Retired());

        var thrown = (await Assert.ThrowsAsync<UpstreamException>(() => AskAsync()))!;

        Assert.That(thrown.Code, Is.EqualTo("foundation_model_failed"));
        Assert.That(thrown.Message, Does.Contain("HTTP 403").And.Contain("CAN QUERY").And.Contain("retired").And.Contain("FoundationModel:BaseUrl").And.Contain(FakeServing.Model));
    }

    [Test]
    public void AskAsync_WhenTheEndpointIsGone_EndsTheRunNamingIt()
    {
        Serving.Without(FakeServing.Model);

        Assert.That(() => AskAsync(), Throws.TypeOf<UpstreamException>().With.Message.Contains($"'{FakeServing.Model}'"));
    }

    [Test]
    public async Task AskAsync_WhenTheTokenIsNoLongerGood_EndsTheRunWithoutIt()
    {
        var calls = Calls(("Workspace:Databricks:ClientId", null), ("Workspace:Databricks:ClientSecret", null), ("Workspace:Databricks:Token", "dapi-SECRET"));

        var thrown = (await Assert.ThrowsAsync<UpstreamException>(() => calls.AskAsync(Question(), Settings, CancellationToken.None)))!;

        Assert.That(thrown.ToString(), Does.Contain("credentials").And.Not.Contain("SECRET"));
    }

    [Test]
    public async Task AskAsync_WhenThereIsNoTokenToBeHad_EndsTheRun()
    {
        var calls = Calls(("Workspace:Databricks:ClientSecret", "SECRET"));

        var thrown = (await Assert.CatchAsync<UpstreamException>(() => calls.AskAsync(Question(), Settings, CancellationToken.None)))!;

        Assert.That(thrown.ToString(), Does.Contain("Workspace:Databricks:ClientId").And.Not.Contain("SECRET"));
    }
}
