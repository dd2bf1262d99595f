using System.ComponentModel;

namespace Mirion.Generation.FakeDatabricks.Jobs;

/// <summary>Takes a run from its place in the queue to its end.</summary>
internal sealed class RunExecution(FakeDatabricksWorkspace workspace)
{
    /// <param name="run">The run.</param>
    /// <param name="slots">The places for runs that go on at once.</param>
    /// <param name="failure">How it fails before it starts; null when it does not.</param>
    /// <param name="mayWait">Whether it may stand in the queue.</param>
    public async Task RunAsync(JobRun run, SemaphoreSlim slots, RunEnd? failure, bool mayWait)
    {
        var end = await EndAsync(run, slots, failure, mayWait);
        run.Finish(end, workspace.Options.Clock.GetUtcNow());
    }

    private async Task<RunEnd> EndAsync(JobRun run, SemaphoreSlim slots, RunEnd? failure, bool mayWait)
    {
        var held = slots.Wait(0);
        if (!held && !mayWait) return RunEnd.NoRoom;
        try
        {
            if (!held)
            {
                run.MoveTo(RunState.Queued);
                await slots.WaitAsync(run.Stopping);
                held = true;
            }

            run.MoveTo(RunState.Pending);
            if (workspace.Options.RunStart > TimeSpan.Zero) await Task.Delay(workspace.Options.RunStart, workspace.Options.Clock, run.Stopping);
            if (failure is not null) return failure;
            run.MoveTo(RunState.Running);
            return workspace.Options.JobCommand is { } command ? await WorkAsync(run, command) : await run.Verdict.WaitAsync(run.Stopping);
        }
        catch (OperationCanceledException)
        {
            // There is nothing that takes its time to end here, and yet a caller is to see that ending takes time.
            await Task.WhenAny(run.ShownTerminating, run.Verdict);
            return RunEnd.Canceled;
        }
        finally
        {
            if (held) slots.Release();
        }
    }

    private async Task<RunEnd> WorkAsync(JobRun run, IReadOnlyList<string> command)
    {
        var sheet = run.Parameters.GetValueOrDefault(JobsApi.TrainingSheetParameter, "");
        using var process = TryStart([.. command, "run", "--training-sheet-id", sheet], run.Output);
        if (process is null) return RunEnd.NeverStarted("DRIVER_ERROR");
        var work = process.WaitAsync();
        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, run.Stopping);
        var first = await Task.WhenAny(work, run.Verdict, stopped);
        if (first == stopped)
        {
            process.AskToEnd();
            await Task.WhenAny(work, run.Verdict, Task.Delay(workspace.Options.CancelGrace, TimeProvider.System));
        }

        if (!work.IsCompleted) process.Kill();
        var exitCode = await work;
        return run.Verdict.IsCompleted ? await run.Verdict
            : first == stopped ? RunEnd.Canceled
            : exitCode == 0 ? RunEnd.Success : RunEnd.WorkFailed;
    }

    private RunProcess? TryStart(IReadOnlyList<string> command, RunOutput output)
    {
        try
        {
            return RunProcess.Start(command, workspace.JobVariables(), workspace.Folder, output);
        }
        catch (Win32Exception nothingToRun)
        {
            output.AddLine(nothingToRun.Message);
            return null;
        }
    }
}
