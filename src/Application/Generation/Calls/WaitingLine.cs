namespace Mirion.Generation.Application.Generation.Calls;

/// <summary>
/// Callers that wait to be served: those that were there before first, each kind in the order they came. Guarded by its owner's lock, except that a waiter may give up at any time.
/// </summary>
internal sealed class WaitingLine<T>
{
    private readonly Queue<TaskCompletionSource<T>> _again = new();
    private readonly Queue<TaskCompletionSource<T>> _fresh = new();

    /// <summary>Whether nobody waits before a caller that comes now.</summary>
    /// <param name="again">Whether the caller was there before.</param>
    public bool IsFirst(bool again) => _again.Count == 0 && (again || _fresh.Count == 0);

    /// <summary>Whether anybody waits still.</summary>
    public bool HasAny()
    {
        while (Next is { } queue)
        {
            if (!queue.Peek().Task.IsCompleted) return true;
            queue.Dequeue();
        }

        return false;
    }

    /// <summary>Takes a place in the line, before it returns, and waits there to be served.</summary>
    /// <param name="again">Whether the caller was there before.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<T> WaitAsync(bool again, CancellationToken cancellationToken)
    {
        // Whoever serves it holds the owner's lock, under which no caller's code may run.
        var waiter = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        (again ? _again : _fresh).Enqueue(waiter);
        await using var giveUp = cancellationToken.UnsafeRegister(static (waiter, ct) => ((TaskCompletionSource<T>)waiter!).TrySetCanceled(ct), waiter);
        return await waiter.Task;
    }

    /// <summary>Serves the first in the line; false when that one gave up just now. There must be one.</summary>
    public bool TryServe(T what) => Next!.Dequeue().TrySetResult(what);

    private Queue<TaskCompletionSource<T>>? Next => _again.Count > 0 ? _again : _fresh.Count > 0 ? _fresh : null;
}
