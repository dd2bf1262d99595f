using System.Collections.Concurrent;
using Mirion.Generation.FakeDatabricks.Sql.Dialect;
using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Statements;

/// <summary>The statements of a workspace. They run one at a time, in the order they came.</summary>
internal sealed class StatementQueue(Lake lake, StatementEngine engine, Warehouse warehouse, FakeDatabricksOptions options) : IAsyncDisposable
{
    // How long a statement is known after its end: docs.databricks.com/api/workspace/statementexecution.
    private static readonly TimeSpan RecordLife = TimeSpan.FromHours(12);

    private static readonly TimeSpan InterruptEvery = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, StatementRun> _runs = new();
    private readonly ConcurrentQueue<StatementRun> _order = new();
    private readonly StatementPlans _faults = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _gate = new();
    private StatementRun? _running;
    private long _last;

    public IReadOnlyList<SentStatement> Sent => [.. _order.Select(run => run.Sent)];

    /// <summary>What is to happen to statements to come.</summary>
    public StatementPlans Plans => _faults;

    /// <summary>A statement, as long as it is remembered.</summary>
    public StatementRun? Find(string id) => _runs.GetValueOrDefault(id) is { } run && !(options.Clock.GetUtcNow() - run.EndedAt >= RecordLife) ? run : null;

    /// <summary>Takes a statement in and lets it run.</summary>
    public StatementRun Submit(StatementRequest request)
    {
        var values = request.Parameters.DistinctBy(parameter => parameter.Name).ToDictionary(parameter => parameter.Name, parameter => parameter.Bind());
        var (fault, polls) = _faults.Next(request.Statement);
        var run = new StatementRun($"01f0c0de-{Interlocked.Increment(ref _last):x4}-1000-8000-{RandomId()}", request, polls, options.Clock);
        _runs[run.Id] = run;
        _order.Enqueue(run);
        _ = Task.Run(() => RunAsync(run, values, fault));
        return run;
    }

    /// <summary>Asks a statement to stop.</summary>
    public void Cancel(StatementRun run)
    {
        if (!run.Cancel()) return;
        if (Interrupt(run)) _ = InterruptUntilEndedAsync(run);
        else run.Canceled();
    }

    /// <summary>Does something with the lake while no statement runs.</summary>
    public async Task<T> WithLakeAsync<T>(Func<Lake, T> work)
    {
        await _turn.WaitAsync();
        try
        {
            return await Task.Run(() => work(lake));
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        while (!await _turn.WaitAsync(InterruptEvery)) lake.Interrupt();
        lake.Dispose();
        _closing.Dispose();
    }

    private static string RandomId() => Guid.NewGuid().ToString("N")[..12];

    // An interrupt between two steps of a statement meets nothing: it is repeated until it does.
    private async Task InterruptUntilEndedAsync(StatementRun run)
    {
        while (!run.Ended.IsCompleted && Interrupt(run)) await Task.WhenAny(run.Ended, Task.Delay(InterruptEvery, TimeProvider.System));
    }

    // Never meets the statement after it.
    private bool Interrupt(StatementRun run)
    {
        lock (_gate)
        {
            if (_running != run) return false;
            lake.Interrupt();
            return true;
        }
    }

    private void Running(StatementRun? run)
    {
        lock (_gate) _running = run;
    }

    private async Task RunAsync(StatementRun run, Dictionary<string, ParameterValue> values, StatementFault? fault)
    {
        try
        {
            await warehouse.StartAsync().WaitAsync(_closing.Token);
            await _turn.WaitAsync(_closing.Token);
        }
        catch (OperationCanceledException)
        {
            run.Canceled();
            return;
        }

        try
        {
            Running(run);
            run.Start();
            if (run.Canceling) run.Canceled();
            else Run(run, values, fault);
        }
        finally
        {
            Running(null);
            _turn.Release();
        }
    }

    private void Run(StatementRun run, Dictionary<string, ParameterValue> values, StatementFault? fault)
    {
        try
        {
            if (fault is { AfterExecution: false }) throw Faulted(fault);
            var request = run.Request;
            var table = engine.Run(request.Statement, request.Catalog, request.Schema, values, run.Commits);
            if (fault is not null) throw Faulted(fault);
            run.Succeed(ResultChunks.Of(table, request, options));
        }
        catch (OperationCanceledException)
        {
            run.Canceled();
        }
        catch (StatementFaultException e)
        {
            run.Fail(new StatementError(e.Fault.ErrorCode, e.Fault.Message, e.Fault.SqlState));
        }
        catch (SqlFailure e)
        {
            run.Fail(new StatementError(e.ErrorCode, e.Message, e.SqlState));
        }
        catch (LakeTrouble e)
        {
            if (run.Canceling) run.Canceled();
            else run.Fail(new StatementError(e.Failure.ErrorCode, e.Failure.Message, e.Failure.SqlState, e.Message));
        }
        catch (Exception e)
        {
            run.Fail(new StatementError("INTERNAL_ERROR", "[INTERNAL_ERROR] The statement met something that this workspace does not know. SQLSTATE: XX000", "XX000", e.ToString()));
        }
    }

    private static StatementFaultException Faulted(StatementFault fault) => new(fault);

    private sealed class StatementFaultException(StatementFault fault) : Exception(fault.Message)
    {
        public StatementFault Fault { get; } = fault;
    }
}
