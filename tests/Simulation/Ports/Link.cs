using Mirion.Generation.Application.Ports;
using Mirion.Generation.Simulation.Tests.Scheduling;
using Mirion.Generation.Simulation.Tests.Worlds;

namespace Mirion.Generation.Simulation.Tests.Ports;

/// <summary>The way from one process to the workspace: slow, and now and then broken.</summary>
internal sealed class Link(World world, Scheduler scheduler, Chance chance, Lane lane)
{
    private readonly StoreSpec _spec = world.Store;

    private bool IsQuiet => scheduler.Now > world.QuietAfter * TimeSpan.TicksPerSecond;

    /// <summary>Reads something.</summary>
    public async Task<T> ReadAsync<T>(string what, Func<Task<T>> read, CancellationToken cancellationToken)
    {
        await GoAsync(what, cancellationToken);
        return await read();
    }

    /// <summary>Writes something, of which the process may hear nothing.</summary>
    public async Task<T> WriteAsync<T>(string what, Func<Task<T>> write, CancellationToken cancellationToken)
    {
        await GoAsync(what, cancellationToken);
        var written = await write();
        await PauseAsync(CancellationToken.None);
        if (!IsQuiet && chance.Falls(_spec.LostReplyShare)) throw Broken($"{what}: the reply was lost");
        return written;
    }

    /// <summary>Goes there.</summary>
    public async Task GoAsync(string what, CancellationToken cancellationToken)
    {
        await PauseAsync(cancellationToken);
        if (!IsQuiet && chance.Falls(_spec.FaultShare)) throw Broken($"{what}: the workspace does not answer");
    }

    private Task PauseAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return _spec.CallSeconds > 0 ? Task.Delay(TimeSpan.FromSeconds(_spec.CallSeconds * chance.Fraction()), lane.Clock, cancellationToken) : Yield();
    }

    private static async Task Yield() => await Task.Yield();

    private UpstreamException Broken(string what)
    {
        scheduler.History.Note(scheduler.Now, lane.Name, what);
        return new UpstreamException("workspace_failed", what, UpstreamFault.Unavailable);
    }
}
