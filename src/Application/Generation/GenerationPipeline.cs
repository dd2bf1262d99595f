using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Generation.Calls.Sharing;
using Mirion.Generation.Application.Generation.Progress;
using Mirion.Generation.Application.Generation.Telemetry;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>How a run ended.</summary>
/// <param name="Sheet">The training sheet as of the last commit, still generating.</param>
/// <param name="Failure">What ended the run early; null when every item has its pair.</param>
internal sealed record RunOutcome(TrainingSheet Sheet, Exception? Failure);

/// <summary>
/// The generation pipeline: reader, drafters and writer with bounded channels between them, so that a slow writer slows the reader and
/// memory stays flat. Whatever ends a run early, pairs that are done by then are written.
/// </summary>
internal sealed class GenerationPipeline(
    ISheetSource source,
    ICanonicalLabelRepository labels,
    IFoundationModel model,
    ITrainingSheetRepository sheets,
    IQAPairRepository pairs,
    ModelCalls calls,
    IAnswerJournal journals,
    GenerationMetrics metrics,
    IOptions<GenerationOptions> options,
    TimeProvider clock)
{
    /// <summary>Makes the pairs that <paramref name="sheet"/> lacks. Never throws for what went wrong in a stage: that is the outcome.</summary>
    public async Task<RunOutcome> RunAsync(
        TrainingSheet sheet, PreparedRecipe prepared, HeldLease lease, IProgress<GenerationProgress>? progress, RunStop stop)
    {
        using var span = GenerationTelemetry.StartRun(sheet.Id.Value, sheet.State.Statistics.TotalItems);
        var settings = options.Value;
        var recipe = prepared.Recipe;
        var maker = new PairMaker(sheet, prepared.Schema, clock);
        var reader = new ItemReader(source, labels, pairs, prepared, maker);
        var fewShot = new FewShotExamples(source, labels, prepared, Math.Max(recipe.Config.FewShot, model.LeastExamples), settings.PageSize);
        await using var journal = await journals.OpenAsync(sheet, CancellationToken.None);
        // At any other temperature an answer is drawn, and each item is to have its own draw.
        var shared = recipe.Temperature == 0 ? new SharedQuestions(mostLeft: 2 * settings.BatchSize) : null;
        var asked = new ModelSettings(recipe.Model, recipe.Temperature, recipe.MaxTokens, recipe.Template.OutputSchema);
        var answers = new MatchingAnswers(calls, new PromptImages(source, settings.MaxFileBytes), journal, asked, prepared.Schema);
        var drafter = new AnswerDrafter(answers, shared, pairs, fewShot, asked, recipe, maker);
        var writer = new BatchWriter(sheets, sheet, lease, settings, metrics, clock);

        var open = Channel.CreateBounded<OpenItem>(new BoundedChannelOptions(calls.MostOpen) { SingleWriter = true });
        var finished = Channel.CreateBounded<FinishedPair>(new BoundedChannelOptions(2 * settings.BatchSize) { SingleReader = true });
        using var stages = new RunStages(stop);
        var queues = new RunQueues(() => open.Reader.Count, () => finished.Reader.Count + writer.InBatch);
        using var observed = metrics.Observe(calls.Endpoint.Name, calls.Endpoint.Gate, queues);
        await using var told = new RunProgress(sheet, queues, calls.Endpoint.Gate, progress, clock);

        var reading = stages.Start(async () =>
        {
            await reader.ReadAsync(sheet, settings.PageSize, open.Writer, finished.Writer, stages.Begin);
            open.Writer.Complete();
        });
        var drafting = Enumerable.Range(0, calls.MostOpen)
            .Select(_ => stages.Start(() => drafter.DraftAsync(open.Reader, finished.Writer, stages)))
            .ToArray();
        var writing = stages.Start(() => writer.WriteAsync(finished.Reader, told, stop.Commits));

        await Task.WhenAll([reading, .. drafting]);
        finished.Writer.Complete();
        await writing;
        if (stages.Failure is null) await journal.CompleteAsync();
        metrics.Ended(stages.Failure);
        span.End(stages.Failure);
        return new RunOutcome(writer.Sheet, stages.Failure);
    }
}
