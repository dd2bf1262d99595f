using System.CommandLine;
using System.Globalization;
using MediatR;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Cli.Output;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Cli.Verbs;

/// <summary>A generation that somebody waits for: shows how it comes along and what it came to, also when it is interrupted.</summary>
internal sealed class WatchedGeneration(VerbRunner runner, WorkspaceSession session, ParseResult arguments)
{
    /// <param name="request">The generation, told where to report.</param>
    /// <param name="before">Pairs there are already.</param>
    /// <param name="findInterrupted">Finds the training sheet after an interruption.</param>
    /// <param name="cancellationToken">The interruption.</param>
    public async Task<int> RunAsync(
        Func<IProgress<GenerationProgress>, IRequest<Result<TrainingSheet>>> request,
        long before,
        Func<Task<TrainingSheet?>> findInterrupted,
        CancellationToken cancellationToken)
    {
        try
        {
            var answer = await Display(before).ShowAsync(progress => session.SendAsync(request(progress), cancellationToken));
            return answer.TryGet(out var sheet, out var error) ? await TellAsync(sheet) : runner.Refuse(error, arguments);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (await findInterrupted() is not { } sheet) throw;
            Interrupted(sheet).WriteTo(runner.Output, arguments.GetValue(runner.Json));
            return ExitCode.Interrupted;
        }
    }

    private IProgressDisplay Display(long before)
    {
        var meter = new ProgressMeter(session.Clock, before);
        return runner.Output.IsWatched
            ? new LiveProgress(runner.Output.MessageConsole, meter)
            : new PlainProgress(runner.Output.Messages, meter, session.Clock);
    }

    // What was asked for is done by now; telling it is not interrupted.
    private async Task<int> TellAsync(TrainingSheet sheet)
    {
        if (arguments.GetValue(runner.Json)) runner.Output.Results.WriteLine(TrainingSheetDocument.Write(sheet));
        else await new TrainingSheetReport(runner.Output, session, runner.Hint).WriteAsync(sheet, CancellationToken.None);
        return sheet.Status is TrainingSheetStatus.Failed ? ExitCode.SheetFailed : ExitCode.Done;
    }

    private Refusal Interrupted(TrainingSheet sheet) => new("cancelled", string.Create(
        CultureInfo.InvariantCulture,
        $"Stopped with {sheet.Tally.Total:N0} of {sheet.State.Statistics.TotalItems:N0} pairs done; they are kept. To go on: {runner.Hint.Command($"run --training-sheet-id {sheet.Id}")}"));
}
