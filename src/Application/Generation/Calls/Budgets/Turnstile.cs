namespace Mirion.Generation.Application.Generation.Calls.Budgets;

/// <summary>Lets callers through one by one: those that were there before first, each kind in the order they came.</summary>
internal sealed class Turnstile
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _again = new();
    private readonly Queue<TaskCompletionSource> _fresh = new();
    private bool _taken;

    /// <summary>Waits for the caller's turn, which ends when the answer is disposed.</summary>
    public async ValueTask<Turn> EnterAsync(bool again, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Join(again) is not { } waiter) return new Turn(this);
        await using var giveUp = cancellationToken.UnsafeRegister(static (waiter, ct) => ((TaskCompletionSource)waiter!).TrySetCanceled(ct), waiter);
        await waiter.Task;
        return new Turn(this);
    }

    private TaskCompletionSource? Join(bool again)
    {
        lock (_lock)
        {
            if (!_taken)
            {
                _taken = true;
                return null;
            }

            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (again ? _again : _fresh).Enqueue(waiter);
            return waiter;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            // False for one that gave up waiting.
            while (_again.TryDequeue(out var next) || _fresh.TryDequeue(out next))
            {
                if (next.TrySetResult()) return;
            }

            _taken = false;
        }
    }

    /// <summary>A caller's turn.</summary>
    internal readonly struct Turn(Turnstile turnstile) : IDisposable
    {
        public void Dispose() => turnstile.Leave();
    }
}
