using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Application.UnitTests.Generation;

/// <summary>An answer is paid for once, also when its process dies before its pair is stored.</summary>
public sealed class AnswerJournalTests
{
    [Test]
    public async Task Run_WhenTheStoreFailsAfterTheAnswersCame_AsksNoneOfThemAgain()
    {
        await using var bench = new Workbench().WithItems(6);
        bench.TrainingSheetsPort = new BrokenCommits(bench.Store);
        var failed = (await bench.GenerateAsync()).Value;
        Assert.That((failed.Status, failed.Tally.Total, bench.Journal.Items.Count), Is.EqualTo((TrainingSheetStatus.Failed, 0L, 6)));

        await using var next = bench.Beside();
        var done = (await next.RunAsync(failed.Id)).Value;

        Assert.Multiple(() =>
        {
            Assert.That((bench.Model.Calls, next.Model.Calls), Is.EqualTo((6, 0)));
            Assert.That((done.Status, done.Tally), Is.EqualTo((TrainingSheetStatus.Review, new PairTally(0, 6, 0, 0))));
            Assert.That((done.State.Statistics.ModelCalls, done.State.Statistics.ModelGenerated), Is.EqualTo((6L, 6L)), "each was paid for, and counted by nobody before");
            Assert.That(next.PairOf("item-003").Conversation.Assistant, Is.EqualTo("answer to Which defect is it? note 3"));
            Assert.That(next.Journal.Items, Is.Empty);
        });
        await next.AssertCountsEqualPairsAsync(failed.Id);
    }

    [Test]
    public async Task Run_WhenTheQuestionIsAnotherNow_AsksAgain()
    {
        await using var bench = new Workbench().WithItems(2);
        bench.TrainingSheetsPort = new BrokenCommits(bench.Store);
        var failed = (await bench.GenerateAsync()).Value;
        bench.Source.AddTable(bench.Sheet.Source.ToString()!,
        [
            new Dictionary<string, object?> { ["inspection_id"] = "item-000", ["note"] = "note 0" },
            new Dictionary<string, object?> { ["inspection_id"] = "item-001", ["note"] = "changed" },
        ]);

        await using var next = bench.Beside();
        await next.RunAsync(failed.Id);

        Assert.That(next.Model.Asked.Select(asked => asked.Prompt.Question.Text), Is.EqualTo(new[] { "Which defect is it? changed" }));
        Assert.That(next.PairOf("item-001").Conversation.Assistant, Is.EqualTo("answer to Which defect is it? changed"));
    }

    [Test]
    public async Task Run_WhenAnItemHadNoAnswer_KeepsNone()
    {
        await using var bench = new Workbench().WithItems(3);
        bench.Model.Fails("length", prompt => prompt.Question.Text.EndsWith('1'));
        bench.TrainingSheetsPort = new BrokenCommits(bench.Store);

        await bench.GenerateAsync();

        Assert.That(bench.Journal.Items, Is.EquivalentTo(new[] { "item-000", "item-002" }));
    }

    [Test]
    public async Task Delete_Always_ForgetsTheJournal()
    {
        await using var bench = new Workbench().WithItems(3);
        bench.TrainingSheetsPort = new BrokenCommits(bench.Store);
        var failed = (await bench.GenerateAsync()).Value;

        await bench.SendAsync(new DeleteTrainingSheetCommand(failed.Id));

        Assert.That(bench.Journal.Items, Is.Empty);
    }

    internal sealed class BrokenCommits(InMemoryTrainingSheetRepository store) : DelegatingTrainingSheets(store)
    {
        public override Task<bool> CommitBatchAsync(TrainingSheet sheet, IReadOnlyCollection<Domain.QAPairs.QAPair> pairs, CancellationToken cancellationToken) =>
            throw new UpstreamException("workspace_failed", "The disk is full.");
    }
}
