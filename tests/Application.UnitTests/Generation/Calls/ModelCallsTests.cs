using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Clocks;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Application.UnitTests.Generation.Calls;

/// <summary>Calls over more than one attempt, in virtual time. What each HTTP failure leads to is tested over HTTP.</summary>
[TestFixture]
public sealed class ModelCallsTests
{
    private static readonly ModelSettings Settings = new("fake", 0, 100);

    private FakeTimeProvider _clock = null!;
    private FakeFoundationModel _model = null!;

    [SetUp]
    public void Start()
    {
        _clock = new FakeTimeProvider(Times.Start);
        _model = new FakeFoundationModel();
    }

    [Test]
    public async Task AskAsync_WhileACallWaitsForItsNextAttempt_LetsOthersThrough()
    {
        var tried = 0;
        _model.Attempts((question, _) => Task.FromResult(TextOf(question) == "bad" && tried++ == 0 ? Failure(500) : Answer(question)));
        var calls = Calls(maxConcurrency: 1);
        var bad = AskAsync(calls, "bad");

        var good = await AskAsync(calls, "good").WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That((good.Answer, bad.IsCompleted, calls.Endpoint.Gate.InFlight), Is.EqualTo(("good", false, 0)));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(((await bad).Answer, (await bad).Attempts), Is.EqualTo(("bad", 2)));
    }

    [Test]
    public void AskAsync_WhenACallComesBack_GoesBeforeNewOnes()
    {
        var hold = new TaskCompletionSource();
        _model.Attempts(async (question, ct) =>
        {
            if (TextOf(question) == "bad" && _model.Asked.Count(asked => TextOf(asked) == "bad") == 1) return Failure(500);
            if (TextOf(question) == "slow") await hold.Task.WaitAsync(ct);
            return Answer(question);
        });
        var calls = Calls(maxConcurrency: 1);
        OneThread.Run(_clock, TimeSpan.FromMilliseconds(50), async () =>
        {
            var asking = new[] { AskAsync(calls, "bad"), AskAsync(calls, "slow"), AskAsync(calls, "fresh") };
            await Task.Delay(TimeSpan.FromMinutes(1), _clock);
            hold.SetResult();
            await Task.WhenAll(asking);
        });

        Assert.That(_model.Asked.Select(TextOf), Is.EqualTo(new[] { "bad", "slow", "bad", "fresh" }));
    }

    [TestCase(429, null, 300)]
    [TestCase(503, 20, 300, Description = "busy, and alive")]
    [TestCase(503, null, 100, Description = "a failure like any other")]
    public async Task AskAsync_WhenAnEndpointAsksForFewerCalls_WaitsMinutesWhateverAttemptsAreAllowed(int status, int? retryAfter, int seconds)
    {
        _clock = new JumpingClock(TimeSpan.FromHours(1));
        _model.Attempts((_, _) => Task.FromResult(Failure(status, retryAfter)));

        var reply = await AskAsync(Calls(maxAttempts: 2), "question");

        Assert.That(reply.Error!.Code, Is.EqualTo("retries_exhausted"));
        Assert.That(reply.Elapsed.TotalSeconds, seconds == 300 ? Is.InRange(300, 335) : Is.LessThan(10));
    }

    [Test]
    public async Task AskAsync_WithTheSameSeed_WaitsTheSameTimes()
    {
        _clock = new JumpingClock(TimeSpan.FromHours(1));
        _model.Attempts((_, _) => Task.FromResult(Failure(500)));
        var elapsed = new List<TimeSpan>();
        foreach (var seed in new[] { 1, 1, 2 })
        {
            elapsed.Add((await AskAsync(Calls(seed: seed), "question")).Elapsed);
        }

        Assert.That(elapsed[1], Is.EqualTo(elapsed[0]));
        Assert.That(elapsed[2], Is.Not.EqualTo(elapsed[0]));
    }

    [Test]
    public async Task AskAsync_WhateverTheReplySays_CountsAttemptsAndTimeOfTheCall()
    {
        _clock = new JumpingClock(TimeSpan.FromHours(1));
        var attempts = 0;
        _model.Attempts((question, _) =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(7));
            return Task.FromResult(attempts++ == 0 ? Failure(429, retryAfterSeconds: 10) : Answer(question));
        });

        var reply = await AskAsync(Calls(), "question");

        Assert.That((reply.Attempts, reply.Sent), Is.EqualTo((2, Settings)));
        Assert.That(reply.Elapsed.TotalMilliseconds, Is.EqualTo(10_014));
    }

    [Test]
    public async Task AskAsync_WhenNothingWasSent_ReportsNoSettings()
    {
        _model.Attempts((_, _) => Task.FromResult(ModelAttempt.TryAgain("no connection")));

        var reply = await AskAsync(Calls(maxAttempts: 1), "question");

        Assert.That((reply.Sent, reply.Error!.Message), Is.EqualTo(((ModelSettings?)null, "No attempt succeeded; the last one ended with no connection.")));
    }

    [Test]
    public void AskAsync_WhenTheEndpointRefusesEverything_GivesItsPlaceBack()
    {
        _model.Throws(() => new UpstreamException(UpstreamException.FoundationModelFailed, "no"), _ => true);
        var calls = Calls(maxConcurrency: 1);

        Assert.That(() => AskAsync(calls, "question"), Throws.TypeOf<UpstreamException>());
        Assert.That(calls.Endpoint.Gate.InFlight, Is.Zero);
    }

    private static string TextOf(AskedQuestion question) => question.Prompt.Question.Text;

    private static ModelAttempt Answer(AskedQuestion question) => ModelAttempt.Answered(FakeFoundationModel.Reply(question, TextOf(question)));

    private static ModelAttempt Failure(int status, int? retryAfterSeconds = null) => ModelAttempt.TryAgain($"HTTP {status}") with
    {
        Status = status,
        Sent = Settings,
        RetryAfter = retryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
    };

    private static Task<ModelReply> AskAsync(ModelCalls calls, string question) => calls.AskAsync(new ModelPrompt(null, [], MessageContent.Of(question)), Settings, CancellationToken.None);

    private ModelCalls Calls(int maxConcurrency = 8, int maxAttempts = 6, int seed = 1) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(_clock)
        .AddSingleton(new Random(seed))
        .AddSingleton<IFoundationModel>(_model)
        .Configure<ModelCallOptions>(options => (options.MaxConcurrency, options.MaxAttempts) = (maxConcurrency, maxAttempts))
        .AddModelCalls()
        .BuildServiceProvider()
        .GetRequiredService<ModelCalls>();
}
