using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Mirion.Generation.Application.UnitTests.Generation.Calls;

/// <summary>Runs everything on the caller's thread, and lets time pass when there is nothing left to do: what happens when does not depend on the machine.</summary>
internal sealed class OneThread : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Work, object? State)> _work = new();

    public override void Post(SendOrPostCallback d, object? state) => _work.Enqueue((d, state));

    /// <summary>Runs <paramref name="work"/> to its end, in steps of <paramref name="step"/>.</summary>
    public static void Run(FakeTimeProvider clock, TimeSpan step, Func<Task> work)
    {
        var before = Current;
        var thread = new OneThread();
        SetSynchronizationContext(thread);
        try
        {
            var task = work();
            for (thread.Drain(); !task.IsCompleted; thread.Drain()) clock.Advance(step);
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private void Drain()
    {
        while (_work.TryDequeue(out var next)) next.Work(next.State);
    }
}
