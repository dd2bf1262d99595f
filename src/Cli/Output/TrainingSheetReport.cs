using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.QAPairs;
using Mirion.Generation.Cli.Configuration;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Cli.Output;

/// <summary>Tells a person what a generation came to, where its pairs are and what to do next.</summary>
internal sealed class TrainingSheetReport(CliOutput output, WorkspaceSession session, CommandHint hint)
{
    private const string EmbeddedModel = "nearest-label";
    private const string DatabaseFile = "generation.duckdb";
    private const string Api = "http://127.0.0.1:5080/api/v1";

    public async Task WriteAsync(TrainingSheet sheet, CancellationToken cancellationToken)
    {
        var results = output.Results;
        results.WriteLine($"Training sheet {sheet.Id}: {SnakeCase<TrainingSheetStatus>.Of(sheet.Status)}");
        if (sheet.State.StatusReason is { } reason) results.WriteLine($"{reason.Code}: {reason.Message}");
        WriteFigures(sheet);
        await WriteFirstFailureAsync(sheet, cancellationToken);
        await WriteDrafterAsync(sheet, cancellationToken);
        results.WriteLine($"The pairs are in {Database(session.Preparation.Location)}. To see them, serve the workspace and open:");
        results.WriteLine("  dotnet run --project src/Api");
        results.WriteLine($"  {Api}/training-sheets/{sheet.Id}/qa-pairs");
        if (sheet.Status is TrainingSheetStatus.Failed) results.WriteLine("What was done is kept. To complete it:");
        else if (sheet.State.Statistics.FailedItems > 0) results.WriteLine("To try the flagged ones again:");
        else return;
        results.WriteLine($"  {hint.Command($"run --training-sheet-id {sheet.Id}")}");
    }

    // A workspace on this machine is a folder, and people look for a file.
    private static string Database(string location) => Path.Combine(location, DatabaseFile) is var file && File.Exists(file) ? file : location;

    private void WriteFigures(TrainingSheet sheet)
    {
        var (tally, done) = (sheet.Tally, sheet.State.Statistics);
        var figures = new Figures()
            .Add("labeled", tally.Labeled, done.CanonicalReused > 0 ? $"{Figures.Number(done.CanonicalReused)} reuse an expert's canonical label" : string.Empty)
            .Add("unlabeled", tally.Unlabeled, tally.Unlabeled > 0 ? "wait for review" : string.Empty);
        if (tally.Rejected > 0) figures.Add("rejected", tally.Rejected);
        figures.Add("flagged", tally.Flagged, tally.Flagged > 0 ? "have no answer" : string.Empty)
            .Add("items", done.TotalItems)
            .Add("model calls", done.ModelCalls, done.Retries > 0 ? $"and {Figures.Number(done.Retries)} retries" : string.Empty);
        if (done.PromptTokens + done.CompletionTokens > 0)
        {
            figures.Add("tokens", done.PromptTokens + done.CompletionTokens, $"{Figures.Number(done.PromptTokens)} in, {Figures.Number(done.CompletionTokens)} out");
        }

        figures.Add("duration", Figures.Seconds(done.DurationMs)).WriteTo(output.ResultConsole);
    }

    private async Task WriteFirstFailureAsync(TrainingSheet sheet, CancellationToken cancellationToken)
    {
        if (sheet.Tally.Flagged == 0 || await FirstAsync(sheet, new QAPairFilter(QAPairStatus.Flagged), cancellationToken) is not { } pair) return;
        if (pair.State.Metadata.Error is { } error) output.Results.WriteLine($"The first flagged one, {pair.State.ItemRef}: {error.Code}: {error.Message}");
    }

    // Who drafted is told by what the pairs record, not by what was configured.
    private async Task WriteDrafterAsync(TrainingSheet sheet, CancellationToken cancellationToken)
    {
        if (sheet.State.Statistics.ModelGenerated == 0) return;
        var drafted = await FirstAsync(sheet, new QAPairFilter(QAPairStatus.Unlabeled, LabelingMode.AiGenerated), cancellationToken);
        if (drafted?.State.Metadata.Model is EmbeddedModel)
        {
            output.Results.WriteLine($"The drafts are by {EmbeddedModel}: a baseline that repeats the most similar expert label. Set FoundationModel:BaseUrl to ask a real model.");
        }
    }

    private async Task<QAPair?> FirstAsync(TrainingSheet sheet, QAPairFilter filter, CancellationToken cancellationToken) =>
        (await session.SendAsync(new ListQAPairsQuery(sheet.Id, filter, Limit: 1), cancellationToken)).TryGet(out var page, out _) && page.Items is [var first] ? first : null;
}
