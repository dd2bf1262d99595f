using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Application.UnitTests.Generation.Calls.Budgets;

/// <summary>Calls of an endpoint that grants so much a minute, in virtual time.</summary>
[TestFixture]
public sealed class BudgetedCallsTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly ModelSettings Settings = new("fake", 0, 1000);

    private FakeTimeProvider _clock = null!;
    private FakeFoundationModel _model = null!;
    private List<DateTimeOffset> _sent = null!;

    [SetUp]
    public void Start()
    {
        _clock = new FakeTimeProvider(Times.Start);
        _sent = new();
        _model = new FakeFoundationModel().Attempts((question, _) => AnswerAsync(question));
    }

    [Test]
    public void AskAsync_WithABudgetOfRequests_SendsNoMoreInAnyMinute()
    {
        Run(() => AskManyAsync(Calls(requests: 30), 100));

        Assert.That(_sent.Max(first => _sent.Count(at => at >= first && at - first < Minute)), Is.InRange(29, 30));
        Assert.That(_sent[^1] - _sent[0], Is.InRange(TimeSpan.FromSeconds(196), TimeSpan.FromSeconds(205)), "100 at 30 a minute");
    }

    [Test]
    public void AskAsync_WhenItWaitsForABudget_HoldsNoPlaceAtTheEndpoint()
    {
        var calls = Calls(requests: 1);
        Run(() => AskAsync(calls));

        Run(async () =>
        {
            var waiting = AskAsync(calls);
            await Task.Delay(TimeSpan.FromSeconds(10), _clock);
            Assert.That((waiting.IsCompleted, calls.Endpoint.Gate.InFlight), Is.EqualTo((false, 0)));
            await waiting;
        });
    }

    [Test]
    public void AskAsync_WhenAnswersTakeLittle_LearnsToExpectLittle()
    {
        // 15 tokens each by the model's count, though each might have taken over a thousand.
        Run(() => AskManyAsync(Calls(tokens: 3000), 200));

        Assert.That(_clock.GetUtcNow() - Times.Start, Is.InRange(TimeSpan.FromSeconds(58), TimeSpan.FromSeconds(70)), "200 × 15 tokens are a minute's budget");
    }

    [Test]
    public void AskAsync_WhenTheModelDoesNotCount_CountsByTheText()
    {
        _model.Replies(question => FakeFoundationModel.Reply(question, "a") with { PromptTokens = null, CompletionTokens = null });

        Run(() => AskManyAsync(Calls(tokens: 3000), 100));

        Assert.That(_clock.GetUtcNow() - Times.Start, Is.LessThan(TimeSpan.FromSeconds(80)), "not 100 × 1000 tokens, which are half an hour's");
    }

    [Test]
    public void AskAsync_WhenAnswersTakeMoreThanExpected_PaysForThemBeforeItGoesOn()
    {
        _model.Replies(question => FakeFoundationModel.Reply(question, "long") with { PromptTokens = 1000, CompletionTokens = 1000 });
        var calls = Calls(tokens: 2000);
        Run(() => AskAsync(calls));

        Run(() => AskAsync(calls));

        Assert.That(_clock.GetUtcNow() - Times.Start, Is.GreaterThanOrEqualTo(Minute));
    }

    [Test]
    public void AskAsync_WhenNothingReachedTheEndpoint_SpendsNothing()
    {
        var attempts = 0;
        _model.Attempts((question, _) => attempts++ < 5 ? Task.FromResult(ModelAttempt.TryAgain("no connection")) : AnswerAsync(question));
        var calls = Calls(requests: 1, tokens: 2000);

        Run(() => AskAsync(calls));
        var began = _clock.GetUtcNow();
        Assert.That(began - Times.Start, Is.LessThan(2 * Minute), "the waits between attempts, and none for a budget");

        Run(() => AskAsync(calls));
        Assert.That(_clock.GetUtcNow() - began, Is.GreaterThan(TimeSpan.FromSeconds(55)), "the answer was paid for");
    }

    [Test]
    public void AskAsync_WhenItIsSentAway_SpendsARequestButNoTokens()
    {
        var attempts = 0;
        _model.Attempts((question, _) => attempts++ < 3
            ? Task.FromResult(ModelAttempt.TryAgain("HTTP 429") with { Status = 429, Sent = Settings, RetryAfter = TimeSpan.FromSeconds(1) })
            : AnswerAsync(question));

        Run(() => AskAsync(Calls(tokens: 1100)));
        Assert.That(_clock.GetUtcNow() - Times.Start, Is.LessThan(TimeSpan.FromSeconds(10)));

        attempts = 0;
        var began = _clock.GetUtcNow();
        Run(() => AskAsync(Calls(requests: 2)));
        Assert.That(_clock.GetUtcNow() - began, Is.GreaterThan(Minute), "four requests at two a minute");
    }

    [Test]
    public void AskAsync_WhenTheCallerLeavesTheLine_LetsTheNextOneGo()
    {
        var calls = Calls(requests: 2);
        Run(() => AskAsync(calls));
        using var leaving = new CancellationTokenSource();
        var gone = default(Task[]);
        Run(() =>
        {
            gone = [AskAsync(calls, leaving.Token), AskAsync(calls, leaving.Token)];
            var next = AskAsync(calls);
            leaving.Cancel();
            return next;
        });

        Assert.That(gone!.Select(call => call.IsCanceled), Is.All.True);
        Assert.That(_clock.GetUtcNow() - Times.Start, Is.InRange(TimeSpan.FromSeconds(28), TimeSpan.FromSeconds(31)));
    }

    private Task<ModelAttempt> AnswerAsync(AskedQuestion question)
    {
        _sent.Add(_clock.GetUtcNow());
        return Task.FromResult(ModelAttempt.Answered(FakeFoundationModel.Reply(question, "fine")));
    }

    private static Task<ModelReply> AskAsync(ModelCalls calls, CancellationToken cancellationToken = default) =>
        calls.AskAsync(new ModelPrompt(null, [], MessageContent.Of("question")), Settings, cancellationToken);

    private static Task<ModelReply[]> AskManyAsync(ModelCalls calls, int count) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => AskAsync(calls)));

    private ModelCalls Calls(int? requests = null, int? tokens = null) => new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(_clock)
        .AddSingleton(new Random(1))
        .AddSingleton<IFoundationModel>(_model)
        .Configure<ModelCallOptions>(options => (options.RequestsPerMinute, options.TokensPerMinute) = (requests, tokens))
        .AddModelCalls()
        .BuildServiceProvider()
        .GetRequiredService<ModelCalls>();

    private void Run(Func<Task> work) => OneThread.Run(_clock, TimeSpan.FromMilliseconds(50), work);
}
