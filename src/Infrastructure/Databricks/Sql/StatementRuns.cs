using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Ports;
using Polly;
using Polly.Retry;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>
/// Brings statements to their end: waits for the warehouse and for the statement, submits again what failed for a passing reason, and stops on the warehouse what
/// nobody waits for any more, which the API does not do by itself.
/// </summary>
internal sealed partial class StatementRuns
{
    /// <summary>Enough for writers that get in each other's way, with delays that grow to some ten seconds.</summary>
    private const int MostRetries = 8;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(5);

    /// <summary>How long a caller who cancels is kept while the warehouse is told; the telling goes on after that.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(2);

    /// <summary>A submission that was given up is answered after 30 s, with the id that it takes to stop it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private readonly IStatementApi _api;
    private readonly IOptions<DatabricksOptions> _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<StatementRuns> _logger;
    private readonly ResiliencePipeline<StatementReply> _always;
    private readonly ResiliencePipeline<StatementReply> _unlessLate;

    public StatementRuns(IStatementApi api, IOptions<DatabricksOptions> options, TimeProvider clock, ILogger<StatementRuns> logger)
    {
        (_api, _options, _clock, _logger) = (api, options, clock, logger);
        (_always, _unlessLate) = (Retries(failure => failure.IsTransient), Retries(failure => failure is { IsTransient: true, Fault: not UpstreamFault.TimedOut }));
    }

    /// <summary>Executes a statement and answers its successful end.</summary>
    /// <exception cref="StatementFailedException">It failed.</exception>
    /// <exception cref="DatabricksException">It cannot be submitted, or did not end in time.</exception>
    public async Task<StatementReply> RunAsync(StatementRequest statement, bool repeatable, StatementRights rights, CancellationToken cancellationToken) =>
        await (repeatable ? _always : _unlessLate).ExecuteAsync(
            static async (run, stop) => await run.Runs.AttemptAsync(run.Statement, run.Repeatable, run.AsUser, stop),
            (Runs: this, Statement: statement, Repeatable: repeatable, AsUser: rights is StatementRights.User),
            cancellationToken);

    private async Task<StatementReply> AttemptAsync(StatementRequest statement, bool repeatable, bool asUser, CancellationToken cancellationToken)
    {
        var started = _clock.GetTimestamp();
        var reply = await SubmitAsync(statement, repeatable, asUser, cancellationToken);
        var id = reply.StatementId ?? throw new DatabricksException("The warehouse answered a statement without its id.");
        var ended = false;
        try
        {
            reply = await WaitAsync(reply, id, asUser, started, cancellationToken);
            ended = true;
        }
        finally
        {
            if (!ended) await LeaveAsync(() => _api.CancelAsync(id, repeatable: true, asUser, CancellationToken.None), id);
        }

        // A result that comes with CLOSED was delivered whole.
        return reply.Status?.State is "SUCCEEDED" || (reply.Status?.State is "CLOSED" && reply.Manifest is not null) ? reply : throw StatementFailedException.Of(reply);
    }

    // The caller's cancellation does not break the call off: without its answer nobody knows which statement to stop.
    private async Task<StatementReply> SubmitAsync(StatementRequest statement, bool repeatable, bool asUser, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var patience = new CancellationTokenSource();
        var submission = _api.SubmitAsync(statement, repeatable, asUser, patience.Token);
        try
        {
            return await submission.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await LeaveAsync(() => AbandonAsync(submission, asUser), "that is being submitted");
            throw;
        }
        catch (DatabricksException e) when (e.IsNotFound)
        {
            throw new DatabricksException(
                "There is no such SQL warehouse, or this program may not use it: check Workspace:Databricks:WarehouseId.", UpstreamFault.Unavailable, e, DatabricksException.NoWarehouse)
            {
                Status = e.Status,
                ErrorCode = e.ErrorCode,
            };
        }
    }

    private async Task AbandonAsync(Task<StatementReply> submission, bool asUser)
    {
        var reply = await submission.WaitAsync(Patience, _clock);
        if (!HasEnded(reply) && reply.StatementId is { } id) await _api.CancelAsync(id, repeatable: true, asUser, CancellationToken.None);
    }

    private async Task<StatementReply> WaitAsync(StatementReply reply, string id, bool asUser, long started, CancellationToken cancellationToken)
    {
        var limit = TimeSpan.FromSeconds(_options.Value.StatementTimeoutSeconds);
        for (var pause = FirstPoll; !HasEnded(reply); pause = pause * 1.5 < LongestPoll ? pause * 1.5 : LongestPoll)
        {
            if (_clock.GetElapsedTime(started) >= limit) throw TookTooLong(reply, id);
            await Task.Delay(pause, _clock, cancellationToken);
            reply = await _api.GetAsync(id, asUser, cancellationToken);
        }

        return reply;
    }

    private DatabricksException TookTooLong(StatementReply reply, string id) => reply.Status?.State is "PENDING"
        ? new DatabricksException(
            $"The SQL warehouse did not begin a statement within {_options.Value.StatementTimeoutSeconds} s (statement {id}). See whether it starts, and how many wait for it.",
            UpstreamFault.TimedOut,
            code: DatabricksException.NoWarehouse)
        : new DatabricksException(
            $"A SQL statement took longer than {_options.Value.StatementTimeoutSeconds} s and was stopped (statement {id}). Workspace:Databricks:StatementTimeoutSeconds sets the limit.",
            UpstreamFault.TimedOut);

    /// <summary>Does what makes the warehouse stop, for a while; its failure changes nothing for the caller, who has left.</summary>
    private async Task LeaveAsync(Func<Task> leave, string statement)
    {
        var leaving = QuietlyAsync();
        try
        {
            await leaving.WaitAsync(Courtesy, _clock);
        }
        catch (TimeoutException)
        {
            LogStillStopping(statement);
        }

        async Task QuietlyAsync()
        {
            try
            {
                await leave();
            }
            catch (Exception e) when (e is DatabricksException or TimeoutException or OperationCanceledException)
            {
                LogNotStopped(statement, e.Message);
            }
        }
    }

    private static bool HasEnded(StatementReply reply) => reply.Status?.State is "SUCCEEDED" or "FAILED" or "CANCELED" or "CLOSED";

    private ResiliencePipeline<StatementReply> Retries(Func<StatementFailedException, bool> again) => new ResiliencePipelineBuilder<StatementReply> { TimeProvider = _clock }
        .AddRetry(new RetryStrategyOptions<StatementReply>
        {
            MaxRetryAttempts = MostRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstDelay,
            MaxDelay = LongestDelay,
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is StatementFailedException failure && again(failure)),
            OnRetry = args =>
            {
                if (args.Outcome.Exception is StatementFailedException failure) LogRetry(failure.ErrorCode, failure.Condition, args.RetryDelay.TotalMilliseconds);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    [LoggerMessage(LogLevel.Debug, "A SQL statement failed ({Code} {Condition}) and is submitted again in {DelayMs} ms")]
    private partial void LogRetry(string? code, string? condition, double delayMs);

    [LoggerMessage(LogLevel.Debug, "The warehouse is still being told to stop statement {Statement}")]
    private partial void LogStillStopping(string statement);

    [LoggerMessage(LogLevel.Warning, "The warehouse could not be told to stop statement {Statement}: {Reason}")]
    private partial void LogNotStopped(string statement, string reason);
}
