using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Infrastructure.IntegrationTests.Sql;
using Mirion.Generation.Infrastructure.Sql;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql;

/// <summary>Calls every method of every repository, in every way that leads to a text of its own.</summary>
internal sealed class EveryRepositoryCall(StoreHost host)
{
    private readonly ISheetRepository _sheets = CalledMethods<ISheetRepository>.Over(host.Get<ISheetRepository>());
    private readonly IPromptTemplateRepository _templates = CalledMethods<IPromptTemplateRepository>.Over(host.Get<IPromptTemplateRepository>());
    private readonly ICanonicalLabelRepository _labels = CalledMethods<ICanonicalLabelRepository>.Over(host.Get<ICanonicalLabelRepository>());
    private readonly ITrainingSheetRepository _trainingSheets = CalledMethods<ITrainingSheetRepository>.Over(host.Get<ITrainingSheetRepository>());
    private readonly IQAPairRepository _pairs = CalledMethods<IQAPairRepository>.Over(host.Get<IQAPairRepository>());

    private readonly IPairReviewRepository _reviews = CalledMethods<IPairReviewRepository>.Over(host.Get<IPairReviewRepository>());

    private static CancellationToken None => CancellationToken.None;

    public async Task MakeAsync()
    {
        await SheetsAsync();
        await TemplatesAsync();
        await LabelsAsync();
        await TrainingSheetsAsync();
    }

    /// <summary>The methods that were not called after all.</summary>
    public IEnumerable<string> Missing() =>
    [
        .. CalledMethods<ISheetRepository>.Missing(_sheets),
        .. CalledMethods<IPromptTemplateRepository>.Missing(_templates),
        .. CalledMethods<ICanonicalLabelRepository>.Missing(_labels),
        .. CalledMethods<ITrainingSheetRepository>.Missing(_trainingSheets),
        .. CalledMethods<IQAPairRepository>.Missing(_pairs),
        .. CalledMethods<IPairReviewRepository>.Missing(_reviews),
    ];

    private async Task SheetsAsync()
    {
        var sheet = SheetBuilder.Table();
        await _sheets.AddAsync(sheet, None);
        await _sheets.FindAsync(sheet.Id, None);
        await _sheets.ReplaceAsync(sheet, None);
        await _sheets.ListAsync(new PageRequest(1), None);
        await _sheets.ListAsync(new PageRequest(1, ["a"]), None);
        await _sheets.DeleteAsync(sheet.Id, None);
    }

    private async Task TemplatesAsync()
    {
        var template = TemplateBuilder.Template(status: "published");
        await _templates.AddAsync(template, TemplateBuilder.Publication, None);
        await _templates.FindAsync(template.Id, None);
        await _templates.ReplaceAsync(TemplateBuilder.Template(version: 2, status: "published"), TemplateBuilder.Publication, None);
        await _templates.FindVersionAsync(template.Id, 1, None);
        await _templates.ListVersionsAsync(template.Id, new PageRequest(1), None);
        await _templates.ListVersionsAsync(template.Id, new PageRequest(1, ["2"]), None);
        foreach (var type in (LabelType?[])[null, template.LabelType])
        {
            foreach (var status in (TemplateStatus?[])[null, template.Status]) await _templates.ListAsync(type, status, new PageRequest(1), None);
        }

        await _templates.ListAsync(null, null, new PageRequest(1, ["a"]), None);
        await _templates.DeleteAsync(template.Id, None);
    }

    private async Task LabelsAsync()
    {
        var label = LabelBuilder.Label();
        var key = label.Key;
        await _labels.UpsertAsync(label, None);
        await _labels.FindAsync(label.Id, None);
        await _labels.FindForItemsAsync(key.SheetId, key.LabelType, [key.ItemRef], None);
        await using (var lookup = _labels.BeginLookup(key.SheetId, key.LabelType, items: 1_000_000)) await lookup.FindAsync([key.ItemRef], None);
        foreach (var filter in (LabelFilter[])[new(), new(key.SheetId), new(LabelType: key.LabelType), new(ItemRef: key.ItemRef), new(key.SheetId, key.LabelType, key.ItemRef)])
        {
            await _labels.ListAsync(filter, new PageRequest(1), None);
        }

        await _labels.ListAsync(new LabelFilter(), new PageRequest(1, ["a", "b", "c"]), None);
        await foreach (var _ in _labels.StreamAsync(key.SheetId, key.LabelType, None))
        {
        }

        await _labels.SumUpAsync(key.SheetId, None);
        await _labels.CountAsync(key.SheetId, key.LabelType, None);
        await ImportAsync();
        await ImportAsync(label);
        await _labels.ListVersionsAsync(label.Id, None);
        await _labels.DeleteAsync(label.Id, None);
        await _labels.DeleteAsync(label.Id, None);
    }

    private async Task ImportAsync(params IReadOnlyCollection<CanonicalLabel> labels)
    {
        await using var import = await _labels.BeginImportAsync(None);
        await import.AddAsync(labels, None);
        await import.CommitAsync(None);
    }

    private async Task TrainingSheetsAsync()
    {
        var sheet = TrainingSheetBuilder.Generating();
        var pair = PairBuilder.FromModel();
        await _trainingSheets.AddAsync(sheet, None);
        await _trainingSheets.FindAsync(sheet.Id, None);
        await _trainingSheets.ListAsync(new PageRequest(1), None);
        await _trainingSheets.ListAsync(new PageRequest(1, [Times.Start.ToString("O"), "a"]), None);
        await _trainingSheets.ListGeneratingAsync(None);
        await _trainingSheets.NoteJobRunAsync(sheet.Id, "7", None);
        await _trainingSheets.SaveAsync(sheet, None);
        await _trainingSheets.CommitBatchAsync(sheet, [pair], None);
        await PairsAsync(pair);
        await _trainingSheets.RenewAsync(sheet, None);
        await _trainingSheets.MoveAsync(sheet.FailedWith(), sheet, None);
        var taken = sheet.TakenBy(Guid.Empty, Times.Start).Value;
        await _trainingSheets.MoveAsync(taken, taken, None);
        await ReviewAsync();
        await _trainingSheets.DeleteAsync(sheet.Id, None);
    }

    // One decision goes as values, several go as a file.
    private async Task ReviewAsync()
    {
        var (one, other) = (PairBuilder.FromModel("a", trainingSheet: "ts-2"), PairBuilder.FromModel("b", 1, "ts-2"));
        var sheet = TrainingSheetBuilder.Generating("ts-2");
        await _trainingSheets.AddAsync(sheet, None);
        await _trainingSheets.CommitBatchAsync(sheet.Having(one, other).Completed(), [one, other], None);
        var type = sheet.Recipe.Template.LabelType;
        PairReview Approve(QAPair pair) =>
            new(pair, pair.Approve(pair.LabelKey(type).ToId(), "dr.lee", Times.Start).Value, LabelData.OfAnswer("scratch", structured: false).Value);
        await _reviews.CommitAsync(sheet.Id, type, [Approve(one), Approve(other)], None);
        await _reviews.CommitAsync(sheet.Id, type, [Approve(one)], None);
        var approved = Approve(one);
        await _reviews.CompleteAsync(sheet.Id, type, [approved with { Before = approved.After }], None);
        await _reviews.CompleteAsync(sheet.Id, type, [approved, Approve(other)], None);
        var approvedSheet = (await _trainingSheets.FindAsync(sheet.Id, None))!;
        var session = new WatchedSession(
            host.Get<ISqlSession>(), number => number == 1 ? _trainingSheets.MoveAsync(approvedSheet.MarkTrained().Value, approvedSheet, None) : Task.CompletedTask);
        var before = (await _pairs.FindAsync(one.Id, None))!;
        await new SqlPairReviewRepository(session, new LabelWrites())
            .CommitAsync(sheet.Id, type, [new PairReview(before, before.Reject(null, "dr.lee", Times.Start).Value, Label: null)], None);
        await _trainingSheets.DeleteAsync(sheet.Id, None);
    }

    private async Task PairsAsync(QAPair pair)
    {
        var id = pair.State.TrainingSheetId;
        await _pairs.FindAsync(pair.Id, None);
        await _pairs.FindAllAsync([pair.Id], None);
        await _pairs.TallyAsync(id, None);
        await foreach (var _ in _pairs.StreamMarksAsync(id, None))
        {
        }

        foreach (var status in (QAPairStatus?[])[null, pair.Status])
        {
            foreach (var mode in (LabelingMode?[])[null, pair.State.LabelingMode])
            {
                await _pairs.ListAsync(id, new QAPairFilter(status, mode), new PageRequest(1), None);
                await foreach (var _ in _pairs.StreamAsync(id, new QAPairFilter(status, mode), None))
                {
                }
            }
        }

        await _pairs.CountAsync(id, None);
        await _pairs.CompareAsync(id, id, new PageRequest(1), None);
        await _pairs.CompareAsync(id, id, new PageRequest(1, ["a"]), None);

        await _pairs.ListAsync(id, new QAPairFilter(), new PageRequest(1, ["0"]), None);
    }
}
