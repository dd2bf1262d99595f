using System.CommandLine;
using System.Globalization;
using MediatR;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets;
using Mirion.Generation.Cli.Output;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Cli.Verbs;

/// <summary>A generation that somebody waits for: shows how it comes along and what it came to, also when it is interrupted.</summary>
internal sealed class WatchedGeneration(VerbRunner runner, WorkspaceSession session, ParseResult arguments)
{
    private readonly ProgressMeter _meter = new(session.Clock);

    /// <summary>Has <paramref name="request"/>, which is told where to report, carried out; the answer is the exit code.</summary>
    public async Task<int> RunAsync(Func<IProgress<GenerationProgress>, IRequest<Result<TrainingSheet>>> request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await Display().ShowAsync(progress => session.SendAsync(request(progress), cancellationToken));
            return answer.TryGet(out var sheet, out var error) ? await TellAsync(sheet) : runner.Refuse(error, arguments);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && _meter.Last is not null)
        {
            Interrupted(_meter.Last, await FindAsync(_meter.Last.Id)).WriteTo(runner.Output, arguments.GetValue(runner.Json));
            return ExitCode.Interrupted;
        }
    }

    // Whoever interrupts is not kept waiting for a workspace that does not answer.
    private async Task<TrainingSheet?> FindAsync(TrainingSheetId id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1), session.Clock);
        try
        {
            return (await session.SendAsync(new GetTrainingSheetQuery(id), patience.Token)).TryGet(out var sheet, out _) ? sheet : null;
        }
        catch (Exception e) when (e is UpstreamException or OperationCanceledException)
        {
            return null;
        }
    }

    private IProgressDisplay Display() => runner.Output.IsWatched
        ? new LiveProgress(runner.Output.MessageConsole, _meter)
        : new PlainProgress(runner.Output.Messages, _meter, session.Clock);

    // What was asked for is done by now; telling it is not interrupted.
    private async Task<int> TellAsync(TrainingSheet sheet)
    {
        if (arguments.GetValue(runner.Json)) runner.Output.Results.WriteLine(TrainingSheetDocument.Write(sheet));
        else await new TrainingSheetReport(runner.Output, session, runner.Hint).WriteAsync(sheet, CancellationToken.None);
        return sheet.Status is TrainingSheetStatus.Failed ? ExitCode.SheetFailed : ExitCode.Done;
    }

    private Refusal Interrupted(GenerationProgress last, TrainingSheet? stored)
    {
        var (done, total) = stored is null ? (last.Tally.Total, last.TotalItems) : (stored.Tally.Total, stored.State.Statistics.TotalItems);
        // What the store did not take in time is held by the lease of this run for a while.
        var wait = stored is { Status: TrainingSheetStatus.Generating } or null ? " once its lease is over" : string.Empty;
        return new("cancelled", string.Create(
            CultureInfo.InvariantCulture,
            $"Stopped with {done:N0} of {total:N0} pairs done; they are kept. To go on{wait}: {runner.Hint.Command($"run --training-sheet-id {last.Id}")}"));
    }
}
