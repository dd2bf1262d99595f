namespace Mirion.Generation.Application.Generation;

/// <summary>
/// How a run is told to end. When somebody decides against it, everything stops at once. When the process is to end, nothing new is begun; calls in flight, which are paid
/// for, get a few seconds, and what they bring is committed if the store takes it in a few more. What it does not take is in the journal.
/// </summary>
internal sealed class RunStop : IDisposable
{
    /// <summary>What a store has for the last commits of a process that is to end: with the calls' time before it, less than the ten seconds that whoever stops it waits.</summary>
    private static readonly TimeSpan CommitTime = TimeSpan.FromSeconds(4);

    private readonly CancellationTokenSource _calls;
    private readonly CancellationTokenSource _commits;
    private readonly CancellationTokenSource _begin;
    private readonly CancellationTokenRegistration[] _registrations;

    /// <summary>Listens from now on.</summary>
    /// <param name="drain">What calls in flight get when the process is to end.</param>
    /// <param name="clock">The time.</param>
    /// <param name="stopped">Cancelled when somebody decides that the run shall not go on.</param>
    /// <param name="lost">Cancelled when another run has taken its place.</param>
    /// <param name="ending">Cancelled when the process is to end, or the caller leaves.</param>
    public RunStop(TimeSpan drain, TimeProvider clock, CancellationToken stopped, CancellationToken lost, CancellationToken ending)
    {
        _calls = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _commits = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _begin = CancellationTokenSource.CreateLinkedTokenSource(ending, _calls.Token);
        (Begin, Calls, Commits) = (_begin.Token, _calls.Token, _commits.Token);
        _registrations = [stopped.Register(_calls.Cancel), lost.Register(_calls.Cancel), ending.Register(() => End(drain))];
    }

    /// <summary>Cancelled when nothing new is to be begun.</summary>
    public CancellationToken Begin { get; }

    /// <summary>Cancelled when calls in flight are to be given up.</summary>
    public CancellationToken Calls { get; }

    /// <summary>Cancelled when commits are to be given up, too.</summary>
    public CancellationToken Commits { get; }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _begin.Dispose();
        _calls.Dispose();
        _commits.Dispose();
    }

    private void End(TimeSpan drain)
    {
        _commits.CancelAfter(drain + CommitTime);
        if (drain > TimeSpan.Zero) _calls.CancelAfter(drain);
        else _calls.Cancel();
    }
}
