namespace Mirion.Generation.Application.Generation;

/// <summary>
/// Stages that run side by side: the first one to fail stops the others, and is what is remembered. When nothing new is to be begun, a stage that ends for that reason
/// stops none of the others.
/// </summary>
internal sealed class RunStages : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _begin;
    private Exception? _failure;
    private bool _isWoundUp;

    /// <summary>Stages that end with the run.</summary>
    public RunStages(RunStop stop)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop.Calls);
        _begin = CancellationTokenSource.CreateLinkedTokenSource(stop.Begin, _stop.Token);
        (Stop, Begin) = (_stop.Token, _begin.Token);
    }

    /// <summary>Cancelled when nothing new is to be begun.</summary>
    public CancellationToken Begin { get; }

    /// <summary>Cancelled when everything is to stop.</summary>
    public CancellationToken Stop { get; }

    /// <summary>What failed first; the cancellation of the run counts when nothing failed before it, and something was left to do.</summary>
    public Exception? Failure => _failure ?? (_isWoundUp ? new OperationCanceledException(Begin) : null);

    /// <summary>Starts a stage. The task never fails.</summary>
    public async Task Start(Func<Task> stage)
    {
        // Off the caller's stack, but where the caller's continuations go: on the thread pool in a host, in a drawn order in the simulation.
        await Task.Yield();
        try
        {
            await stage();
        }
        catch (OperationCanceledException) when (Begin.IsCancellationRequested && !Stop.IsCancellationRequested)
        {
            _isWoundUp = true;
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
            // At once rather than by CancelAsync, which goes to the thread pool whatever runs here.
            _stop.Cancel();
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _stop.Dispose();
    }
}
