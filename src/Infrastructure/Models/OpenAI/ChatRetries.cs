using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>
/// When a call is tried again, and how soon. Being asked for fewer calls (429) says nothing against a question, so it has a budget of its own, counted in time: the quotas of
/// endpoints turn with the minute, and a storm of it must not use up the few attempts that failures get.
/// </summary>
internal static partial class ChatRetries
{
    /// <summary>How long a question waits in all to be let in. The last wait may lead beyond it: what the server asks for is kept.</summary>
    public static readonly TimeSpan MostThrottling = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestThrottledDelay = TimeSpan.FromSeconds(30);

    private static readonly ResiliencePropertyKey<TimeSpan> Waited = new("mirion.waited");
    private static readonly ResiliencePropertyKey<int> Failures = new("mirion.failures");

    public static ResiliencePipeline<ChatAttempt> Build(int maxAttempts, TimeProvider clock, ILogger logger)
    {
        var builder = new ResiliencePipelineBuilder<ChatAttempt> { TimeProvider = clock }.AddRetry(WhenThrottled(logger));
        return (maxAttempts == 1 ? builder : builder.AddRetry(WhenFailed(maxAttempts, logger))).Build();
    }

    private static RetryStrategyOptions<ChatAttempt> WhenThrottled(ILogger logger) => new()
    {
        MaxRetryAttempts = int.MaxValue,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = FirstDelay,
        MaxDelay = LongestThrottledDelay,
        ShouldHandle = args => ValueTask.FromResult(
            args.Outcome.Result is { Fate: AttemptFate.TryAgain, IsThrottled: true } && args.Context.Properties.GetValue(Waited, TimeSpan.Zero) < MostThrottling),
        DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.RetryAfter),
        OnRetry = args =>
        {
            args.Context.Properties.Set(Waited, args.Context.Properties.GetValue(Waited, TimeSpan.Zero) + args.RetryDelay);
            LogThrottled(logger, args.RetryDelay.TotalMilliseconds);
            return ValueTask.CompletedTask;
        },
    };

    // Failures are counted over the whole call: this strategy begins anew whenever the one around it does.
    private static RetryStrategyOptions<ChatAttempt> WhenFailed(int maxAttempts, ILogger logger) => new()
    {
        MaxRetryAttempts = maxAttempts - 1,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
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

    [LoggerMessage(LogLevel.Debug, "A model call was sent away (HTTP 429); the next one in {DelayMs} ms")]
    private static partial void LogThrottled(ILogger logger, double delayMs);
}
