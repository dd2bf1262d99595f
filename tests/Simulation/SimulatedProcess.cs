using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Simulation.Tests.Scheduling;

namespace Mirion.Generation.Simulation.Tests;

/// <summary>What came of a command: a result, an exception, or neither, because the process was killed.</summary>
internal readonly record struct Reply(Result<TrainingSheet>? Result, Exception? Exception)
{
    public override string ToString() => Result is { } result ? result.Error?.Code ?? result.Value.Status.ToString() : Exception is { } e ? $"{e.GetType().Name}: {e.Message}" : "killed";
}

/// <summary>A process that hosts the product.</summary>
internal sealed class SimulatedProcess(Lane lane, IServiceProvider services)
{
    private readonly List<TaskCompletionSource<Reply>> _open = [];
    private readonly CancellationTokenSource _stop = new();

    /// <summary>All that the process has at work.</summary>
    public Lane Lane => lane;

    /// <summary>Whether it takes no more commands: it was killed, or told to stop.</summary>
    public bool IsOver => lane.IsDead || _stop.IsCancellationRequested;

    /// <summary>Sends a command, as a host does. The answer comes on the caller's lane.</summary>
    public async Task<Reply> SendAsync(IRequest<Result<TrainingSheet>> command)
    {
        if (IsOver) return default;
        var reply = new TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously);
        _open.Add(reply);
        lane.Post(async _ => reply.TrySetResult(await CarryOutAsync(command)), null);
        return await reply.Task;
    }

    /// <summary>Asks it to end, as SIGTERM does: what it carries out is cancelled.</summary>
    public void Stop() => lane.Post(_ => _stop.Cancel(), null);

    /// <summary>Ends it, as SIGKILL does.</summary>
    public void Kill()
    {
        lane.Kill();
        foreach (var reply in _open) reply.TrySetResult(default);
    }

    private async Task<Reply> CarryOutAsync(IRequest<Result<TrainingSheet>> command)
    {
        try
        {
            return new(await services.GetRequiredService<IMediator>().Send(command, _stop.Token), null);
        }
        catch (Exception e)
        {
            return new(null, e);
        }
    }
}
