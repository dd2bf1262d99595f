using System.Net;
using Microsoft.Extensions.Logging;
using Mirion.Generation.Infrastructure.Http;
using Polly;
using Polly.Retry;

namespace Mirion.Generation.Infrastructure.Databricks.Http;

/// <summary>
/// Makes calls again that may do better. Being asked for fewer calls (429, 503) has a budget of its own, so that a storm of it does not use up the few attempts that a real
/// failure gets; what was perhaps carried out (a 5xx, a connection that broke) is made again only when it may be. <c>Retry-After</c> wins over our own delays.
/// </summary>
internal sealed partial class RetryHandler : DelegatingHandler
{
    // With delays of up to half a minute, some five minutes of being sent away: longer than any limit's window in the workspace's documentation.
    private const int ThrottledAttempts = 14;
    private const int FailedAttempts = 4;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait that a server may ask for.</summary>
    private static readonly TimeSpan LongestWish = TimeSpan.FromMinutes(2);

    /// <summary>Longer than a statement is waited for in one call (30 s), and enough for a file of some MB.</summary>
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(120);

    private readonly ResiliencePipeline<HttpResponseMessage> _retries;
    private readonly TimeProvider _clock;
    private readonly ILogger<RetryHandler> _logger;

    public RetryHandler(TimeProvider clock, ILogger<RetryHandler> logger)
    {
        (_clock, _logger) = (clock, logger);
        _retries = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(Strategy(ThrottledAttempts, outcome => outcome.Result?.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
            .AddRetry(Strategy(FailedAttempts, HasFailed))
            .Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        await _retries.ExecuteAsync(
            static async (call, stop) => await call.Handler.AttemptAsync(call.Request, stop), (Handler: this, Request: request), cancellationToken);

    private async Task<HttpResponseMessage> AttemptAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(AttemptTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var response = await base.SendAsync(request, either.Token);
            response.RequestMessage = request;
            return response;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Broken(new TimeoutException("The attempt took too long."), request);
        }
        // A connection that is not made in time is cancelled by the handler itself.
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw Broken(e, request);
        }
    }

    // Whether the call may be repeated travels with the exception: Polly shows a strategy the outcome alone.
    private static Exception Broken(Exception exception, HttpRequestMessage request)
    {
        var unsent = exception is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError };
        var thrown = exception is OperationCanceledException ? new TimeoutException("No connection was made in time.", exception) : exception;
        thrown.Data[RequestTraits.Repeatable] = unsent || exception is OperationCanceledException || request.IsRepeatable();
        return thrown;
    }

    private static bool HasFailed(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: { } exception } => exception.Data[RequestTraits.Repeatable] is true,
        { Result: { StatusCode: HttpStatusCode.RequestTimeout or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout } response } =>
            response.RequestMessage!.IsRepeatable(),
        _ => false,
    };

    private RetryStrategyOptions<HttpResponseMessage> Strategy(int attempts, Func<Outcome<HttpResponseMessage>, bool> again) => new()
    {
        MaxRetryAttempts = attempts,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = FirstDelay,
        MaxDelay = LongestDelay,
        ShouldHandle = args => ValueTask.FromResult(again(args.Outcome)),
        DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.Headers.RetryAfterAt(_clock.GetUtcNow(), LongestWish)),
        OnRetry = args =>
        {
            LogRetry((int?)args.Outcome.Result?.StatusCode, args.AttemptNumber + 1, args.RetryDelay.TotalMilliseconds);
            args.Outcome.Result?.Dispose();
            return ValueTask.CompletedTask;
        },
    };

    [LoggerMessage(LogLevel.Debug, "A call to Databricks failed (HTTP {Status}); attempt {Attempt} follows in {DelayMs} ms")]
    private partial void LogRetry(int? status, int attempt, double delayMs);
}
