namespace Mirion.Generation.Application.Generation;

/// <summary>Stages that run side by side: the first one to fail stops the others, and is what is remembered.</summary>
internal sealed class RunStages(CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private Exception? _failure;

    /// <summary>What failed first; the caller's cancellation counts when nothing failed before it.</summary>
    public Exception? Failure => _failure;

    /// <summary>Starts a stage, which gets the token that stops it. The task never fails.</summary>
    public async Task Start(Func<CancellationToken, Task> stage)
    {
        // Off the caller's stack, but where the caller's continuations go: on the thread pool in a host, in a drawn order in the simulation.
        await Task.Yield();
        try
        {
            await stage(_stop.Token);
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
            Stop();
        }
    }

    public void Dispose() => _stop.Dispose();

    // At once rather than by CancelAsync, which goes to the thread pool whatever runs here.
    private void Stop() => _stop.Cancel();
}
