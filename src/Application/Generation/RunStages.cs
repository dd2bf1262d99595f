namespace Mirion.Generation.Application.Generation;

/// <summary>Stages that run side by side: the first one to fail stops the others, and is what is remembered.</summary>
internal sealed class RunStages(CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private Exception? _failure;

    /// <summary>What failed first; the caller's cancellation counts when nothing failed before it.</summary>
    public Exception? Failure => _failure;

    /// <summary>Starts a stage, which gets the token that stops it. The task never fails.</summary>
    public Task Start(Func<CancellationToken, Task> stage) => Task.Run(async () =>
    {
        try
        {
            await stage(_stop.Token);
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
            await _stop.CancelAsync();
        }
    });

    public void Dispose() => _stop.Dispose();
}
