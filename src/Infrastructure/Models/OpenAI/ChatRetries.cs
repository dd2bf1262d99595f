using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>When a call is tried again, and how soon.</summary>
internal static partial class ChatRetries
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);

    public static ResiliencePipeline<ChatAttempt> Build(int maxAttempts, TimeProvider clock, ILogger logger)
    {
        var builder = new ResiliencePipelineBuilder<ChatAttempt> { TimeProvider = clock };
        return (maxAttempts == 1 ? builder : builder.AddRetry(Strategy(maxAttempts, logger))).Build();
    }

    private static RetryStrategyOptions<ChatAttempt> Strategy(int maxAttempts, ILogger logger) => new()
    {
        MaxRetryAttempts = maxAttempts - 1,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = FirstDelay,
        MaxDelay = LongestDelay,
        ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { Fate: AttemptFate.TryAgain }),
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
