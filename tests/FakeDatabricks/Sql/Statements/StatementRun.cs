
namespace Mirion.Generation.FakeDatabricks.Sql.Statements;

/// <summary>Why a statement failed.</summary>
internal sealed record StatementError(string Code, string Message, string? SqlState, string? Cause = null);

/// <summary>One statement from submission to its end. States only go forward; the first end it comes to is the one it keeps.</summary>
internal sealed class StatementRun(string id, StatementRequest request, int polls, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _state = "PENDING";
    private bool _canceling;
    private bool _committing;
    private int _polls = polls;

    public string Id { get; } = id;

    public StatementRequest Request { get; } = request;

    /// <summary>Over when the statement is.</summary>
    public Task Ended => _ended.Task;

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public StatementError? Error { get; private set; }

    public ResultChunks? Result { get; private set; }

    /// <summary>Whether somebody wants it to stop.</summary>
    public bool Canceling
    {
        get { lock (_lock) return _canceling; }
    }

    public SentStatement Sent
    {
        get { lock (_lock) return new(Id, Request.Statement, Request.Parameters, _state, Error?.Message, Error?.Cause); }
    }

    /// <summary>The state a client is told, which a slow statement keeps back.</summary>
    public string Poll()
    {
        lock (_lock)
        {
            if (_polls <= 0 || _state is "CANCELED" or "PENDING") return _state;
            _polls--;
            return "RUNNING";
        }
    }

    public void Start()
    {
        lock (_lock)
        {
            if (_state == "PENDING") _state = "RUNNING";
        }
    }

    public void Succeed(ResultChunks result) => End("SUCCEEDED", () => Result = result);

    public void Fail(StatementError error) => End("FAILED", () => Error = error);

    public void Canceled() => End("CANCELED", () => { });

    /// <summary>Whether it may take effect; from then on a cancellation comes too late.</summary>
    public bool Commits()
    {
        lock (_lock)
        {
            if (_canceling) return false;
            return _committing = true;
        }
    }

    /// <summary>Asks it to stop; false when it is too late for that.</summary>
    public bool Cancel()
    {
        lock (_lock)
        {
            if (_committing || _state is not ("PENDING" or "RUNNING")) return false;
            _canceling = true;
            return true;
        }
    }

    /// <summary>Gives the result up.</summary>
    public void Close()
    {
        lock (_lock)
        {
            if (_state == "SUCCEEDED") (_state, Result) = ("CLOSED", null);
        }
    }

    private void End(string state, Action change)
    {
        lock (_lock)
        {
            if (_ended.Task.IsCompleted) return;
            change();
            (_state, EndedAt) = (state, clock.GetUtcNow());
        }

        _ended.TrySetResult();
    }
}
