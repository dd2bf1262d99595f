namespace Mirion.Generation.Application.Generation.Calls.Gate;

/// <summary>Lets attempts through to an endpoint, so many at a time: those of calls that were tried before first, each kind in the order they came.</summary>
internal sealed class EndpointGate(int limit)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource<GatePass>> _again = new();
    private readonly Queue<TaskCompletionSource<GatePass>> _fresh = new();
    private int _inFlight;

    /// <summary>Attempts in flight.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>How many there may be.</summary>
    public double Limit => limit;

    /// <summary>Waits until one more attempt may be made.</summary>
    /// <param name="again">Whether the call was tried before; such a call goes before new ones.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<GatePass> EnterAsync(bool again, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<GatePass>(cancellationToken);
        var waiter = default(TaskCompletionSource<GatePass>);
        lock (_lock)
        {
            if (_inFlight < limit)
            {
                _inFlight++;
                return new(new GatePass(this));
            }

            waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
            (again ? _again : _fresh).Enqueue(waiter);
        }

        return WaitAsync(waiter, cancellationToken);
    }

    /// <summary>An attempt is over.</summary>
    internal void Leave()
    {
        lock (_lock)
        {
            _inFlight--;
            while (_again.TryDequeue(out var next) || _fresh.TryDequeue(out next))
            {
                // False for one that gave up waiting.
                if (!next.TrySetResult(new GatePass(this))) continue;
                _inFlight++;
                return;
            }
        }
    }

    private static async ValueTask<GatePass> WaitAsync(TaskCompletionSource<GatePass> waiter, CancellationToken cancellationToken)
    {
        await using var giveUp = cancellationToken.UnsafeRegister(static (waiter, ct) => ((TaskCompletionSource<GatePass>)waiter!).TrySetCanceled(ct), waiter);
        return await waiter.Task;
    }
}
