using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets.Compare;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Application.UnitTests.TrainingSheets.Compare;

public sealed class CompareTrainingSheetsTests
{
    [Test]
    public async Task Compare_WhenTheModelAnswersOtherwise_FindsTheItemsWhoseAnswerChanged()
    {
        await using var bench = new Workbench().WithItems(4);
        bench.Model.Answers(_ => "scratch");
        var first = (await bench.GenerateAsync()).Value;
        bench.Model.Answers(prompt => prompt.Question.Text.EndsWith('2') ? "dent" : "scratch");
        var second = (await bench.GenerateAsync()).Value;

        var comparison = (await bench.SendAsync(new CompareTrainingSheetsQuery(first.Id, second.Id))).Value;

        Assert.That(comparison.Pairs.Count, Is.EqualTo(new ComparisonCount(4, 3, 0, 0, 1, 0, 0)));
        var changed = comparison.Pairs.Differences.Items.Single();
        Assert.That((changed.ItemRef.Value, changed.Here!.Answer, changed.There!.Answer), Is.EqualTo(("item-002", "scratch", "dent")));
        Assert.That((comparison.MissingHere, comparison.MissingThere), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Compare_WhenOneFailed_ComparesThePairsItHasAndCountsWhatIsMissing()
    {
        await using var bench = new Workbench();
        await AddAsync(bench, "ts-1", sheet => sheet.Having(PairBuilder.FromModel("a")).FailedWith());
        await AddAsync(bench, "ts-2", sheet => sheet.Completed());

        var comparison = (await bench.SendAsync(new CompareTrainingSheetsQuery(new("ts-1"), new("ts-2")))).Value;

        Assert.That((comparison.MissingHere, comparison.Here.Status), Is.EqualTo((9, TrainingSheetStatus.Failed)));
    }

    [Test]
    public async Task Compare_WhenTheSheetsDiffer_IsRefusedNamingBoth()
    {
        await using var bench = new Workbench();
        await AddAsync(bench, "ts-1", sheet => sheet.Completed());
        await AddAsync(bench, "ts-2", sheet => sheet.Completed(), "boards");

        var error = (await bench.SendAsync(new CompareTrainingSheetsQuery(new("ts-1"), new("ts-2")))).Error!;

        Assert.That((error.Kind, error.Code), Is.EqualTo((ErrorKind.Unprocessable, "sheets_differ")));
        Assert.That(error.Message, Does.Contain("'inspections'").And.Contain("'boards'"));
    }

    [TestCase("ts-done", "ts-generating")]
    [TestCase("ts-generating", "ts-done")]
    public async Task Compare_WhenEitherIsBeingGenerated_IsRefused(string id, string other)
    {
        await using var bench = new Workbench();
        await AddAsync(bench, "ts-done", sheet => sheet.Completed());
        await AddAsync(bench, "ts-generating", sheet => sheet);

        Assert.That((await bench.SendAsync(new CompareTrainingSheetsQuery(new(id), new(other)))).Error?.Code, Is.EqualTo("already_running"));
    }

    [TestCase("nowhere", "ts-1")]
    [TestCase("ts-1", "nowhere")]
    public async Task Compare_WhenEitherIsUnknown_NamesIt(string id, string other)
    {
        await using var bench = new Workbench();
        await AddAsync(bench, "ts-1", sheet => sheet.Completed());

        var error = (await bench.SendAsync(new CompareTrainingSheetsQuery(new(id), new(other)))).Error!;

        Assert.That((error.Code, error.Message), Is.EqualTo(("training_sheet_not_found", "There is no training sheet 'nowhere'.")));
    }

    [Test]
    public async Task Compare_WhenLimitOrCursorIsNone_IsRefused()
    {
        await using var bench = new Workbench();

        var error = (await bench.SendAsync(new CompareTrainingSheetsQuery(new("ts-1"), new("ts-2"), PageRequest.HighestLimit + 1, "x"))).Error!;

        Assert.That(error.Fields.Keys, Is.EquivalentTo(new[] { "limit", "cursor" }));
    }

    private static async Task AddAsync(Workbench bench, string id, Func<TrainingSheet, TrainingSheet> history, string sheet = "inspections")
    {
        var begun = TrainingSheetBuilder.Generating(id, sheet: SheetBuilder.Table(sheet));
        await bench.Store.AddAsync(begun, CancellationToken.None);
        await bench.Store.CommitBatchAsync(history(begun), [], CancellationToken.None);
    }
}
