using Microsoft.Extensions.Logging;
using Mirion.Generation.Application.Ports;
using Polly;
using Polly.Retry;

namespace Mirion.Generation.Application.Generation.Calls;

/// <summary>
/// When a call is tried again, and how soon. Being asked for fewer calls (429, or 503 with <c>Retry-After</c>) says nothing against a question, so it has a budget of its own, counted in
/// time: the quotas of endpoints turn with the minute, and a storm of it must not use up the few attempts that failures get.
/// </summary>
internal static partial class CallRetries
{
    /// <summary>How long a question waits in all to be let in. The last wait may lead beyond it: what the server asks for is kept.</summary>
    public static readonly TimeSpan MostThrottling = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestThrottledDelay = TimeSpan.FromSeconds(30);

    private static readonly ResiliencePropertyKey<TimeSpan> Waited = new("mirion.waited");
    private static readonly ResiliencePropertyKey<int> Failures = new("mirion.failures");

    /// <param name="maxAttempts">Attempts a question gets, where they fail.</param>
    /// <param name="clock">What delays are waited by.</param>
    /// <param name="chance">What delays are spread by, so that calls which failed together do not come back together.</param>
    /// <param name="logger">Where each further attempt is told.</param>
    public static ResiliencePipeline<ModelAttempt> Build(int maxAttempts, TimeProvider clock, Random chance, ILogger logger)
    {
        var builder = new ResiliencePipelineBuilder<ModelAttempt> { TimeProvider = clock }.AddRetry(WhenThrottled(chance, logger));
        return (maxAttempts == 1 ? builder : builder.AddRetry(WhenFailed(maxAttempts, chance, logger))).Build();
    }

    private static RetryStrategyOptions<ModelAttempt> WhenThrottled(Random chance, ILogger logger) => new()
    {
        MaxRetryAttempts = int.MaxValue,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Randomizer = chance.NextDouble,
        Delay = FirstDelay,
        MaxDelay = LongestThrottledDelay,
        ShouldHandle = args => ValueTask.FromResult(
            args.Outcome.Result is { IsThrottled: true } && args.Context.Properties.GetValue(Waited, TimeSpan.Zero) < MostThrottling),
        DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.RetryAfter),
        OnRetry = args =>
        {
            args.Context.Properties.Set(Waited, args.Context.Properties.GetValue(Waited, TimeSpan.Zero) + args.RetryDelay);
            LogThrottled(logger, args.Outcome.Result?.Status, args.RetryDelay.TotalMilliseconds);
            return ValueTask.CompletedTask;
        },
    };

    // Failures are counted over the whole call: this strategy begins anew whenever the one around it does.
    private static RetryStrategyOptions<ModelAttempt> WhenFailed(int maxAttempts, Random chance, ILogger logger) => new()
    {
        MaxRetryAttempts = maxAttempts - 1,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Randomizer = chance.NextDouble,
        Delay = FirstDelay,
        MaxDelay = LongestDelay,
        ShouldHandle = args => ValueTask.FromResult(
            args.Outcome.Result is { Fate: AttemptFate.TryAgain, IsThrottled: false } && args.Context.Properties.GetValue(Failures, 0) < maxAttempts - 1),
        DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.RetryAfter),
        OnRetry = args =>
        {
            var failures = args.Context.Properties.GetValue(Failures, 0) + 1;
            args.Context.Properties.Set(Failures, failures);
            LogRetry(logger, args.Outcome.Result?.Status, failures, maxAttempts, args.RetryDelay.TotalMilliseconds);
            return ValueTask.CompletedTask;
        },
    };

    [LoggerMessage(LogLevel.Debug, "A model call failed (HTTP {Status}); attempt {Attempt} of {MaxAttempts}, next in {DelayMs} ms")]
    private static partial void LogRetry(ILogger logger, int? status, int attempt, int maxAttempts, double delayMs);

    [LoggerMessage(LogLevel.Debug, "A model call was sent away (HTTP {Status}); the next one in {DelayMs} ms")]
    private static partial void LogThrottled(ILogger logger, int? status, double delayMs);
}
