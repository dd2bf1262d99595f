using Microsoft.Extensions.Logging;
using Mirion.Generation.Application.Ports;
using Polly;
using Polly.Retry;

namespace Mirion.Generation.Application.Generation.Calls;

/// <summary>
/// When a call that failed is tried again, and how soon. One that was only sent away is no concern of this: it waits at the gate for as long as the gate keeps everybody.
/// </summary>
internal static partial class CallRetries
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);

    /// <param name="maxAttempts">Attempts a question gets, where they fail.</param>
    /// <param name="clock">What delays are waited by.</param>
    /// <param name="chance">What delays are spread by, so that calls which failed together do not come back together.</param>
    /// <param name="logger">Where each further attempt is told.</param>
    public static ResiliencePipeline<ModelAttempt> Build(int maxAttempts, TimeProvider clock, Random chance, ILogger logger) => maxAttempts == 1
        ? ResiliencePipeline<ModelAttempt>.Empty
        : new ResiliencePipelineBuilder<ModelAttempt> { TimeProvider = clock }.AddRetry(WhenFailed(maxAttempts, chance, logger)).Build();

    private static RetryStrategyOptions<ModelAttempt> WhenFailed(int maxAttempts, Random chance, ILogger logger) => new()
    {
        MaxRetryAttempts = maxAttempts - 1,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Randomizer = chance.NextDouble,
        Delay = FirstDelay,
        MaxDelay = LongestDelay,
        ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Result is { Fate: AttemptFate.TryAgain, IsThrottled: false }),
        DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.RetryAfter),
        OnRetry = args =>
        {
            LogRetry(logger, args.Outcome.Result?.Status, args.AttemptNumber + 1, maxAttempts, args.RetryDelay.TotalMilliseconds);
            return ValueTask.CompletedTask;
        },
    };

    [LoggerMessage(LogLevel.Debug, "A model call failed (HTTP {Status}); attempt {Attempt} of {MaxAttempts}, next in {DelayMs} ms")]
    private static partial void LogRetry(ILogger logger, int? status, int attempt, int maxAttempts, double delayMs);
}
