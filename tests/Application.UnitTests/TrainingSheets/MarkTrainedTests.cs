using Mirion.Generation.Application.QAPairs.Review;
using Mirion.Generation.Application.TrainingSheets;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Application.UnitTests.TrainingSheets;

public sealed class MarkTrainedTests
{
    private static readonly TrainingSheetId Id = new("ts-1");

    private static CancellationToken None => CancellationToken.None;

    [Test]
    public async Task MarkTrained_WhenApproved_IsTrainedAndStaysSo()
    {
        await using var bench = await WithAsync(PairBuilder.FromLabel());

        var marked = await bench.SendAsync(new MarkTrainedCommand(Id));
        var again = await bench.SendAsync(new MarkTrainedCommand(Id));

        Assert.That((marked.Value.Status, again.Value), Is.EqualTo((TrainingSheetStatus.Trained, marked.Value)));
        Assert.That(await bench.StoredAsync(Id), Is.EqualTo(marked.Value));
    }

    [Test]
    public async Task MarkTrained_WhenPairsAreOpen_IsRefusedAndSaysHowMany()
    {
        await using var bench = await WithAsync(PairBuilder.FromModel(), PairBuilder.Failed("item-2", 1), PairBuilder.FromLabel("item-3", 2));

        Assert.That((await bench.SendAsync(new MarkTrainedCommand(Id))).Error!.Message, Is.EqualTo(TrainingSheetErrors.PairsAwaitReview(2).Message));
    }

    [Test]
    public async Task MarkTrained_WhenTheCountsWereLeftBehind_CountsThePairs()
    {
        var pair = PairBuilder.FromLabel();
        await using var bench = new Workbench();
        var sheet = TrainingSheetBuilder.Generating();
        await bench.Store.AddAsync(sheet, None);
        await bench.Store.CommitBatchAsync(sheet.Having(PairBuilder.FromModel()).Completed(), [pair], None);

        Assert.That((await bench.SendAsync(new MarkTrainedCommand(Id))).Value.Tally, Is.EqualTo(new PairTally(1, 0, 0, 0)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task MarkTrained_WhenADecisionIsNotCountedYet_GoesByThePairs(bool flags)
    {
        await using var bench = await WithAsync(PairBuilder.FromLabel());
        // As a store without transactions has it between the statements of a decision.
        bench.TrainingSheetsPort = new LateDecision(bench.Store, flags);

        var marked = await bench.SendAsync(new MarkTrainedCommand(Id));

        var stored = await bench.StoredAsync(Id);
        Assert.That(marked.Error?.Message, Is.EqualTo(flags ? TrainingSheetErrors.PairsAwaitReview(1).Message : null));
        Assert.That(stored.Status, Is.EqualTo(flags ? TrainingSheetStatus.Review : TrainingSheetStatus.Trained));
        await bench.AssertCountsEqualPairsAsync(Id);
    }

    [TestCase(TrainingSheetStatus.Generating, "illegal_transition")]
    [TestCase(TrainingSheetStatus.Failed, "illegal_transition")]
    [TestCase(null, "training_sheet_not_found")]
    public async Task MarkTrained_WhenItIsNotApproved_IsRefused(TrainingSheetStatus? status, string code)
    {
        await using var bench = new Workbench();
        var sheet = TrainingSheetBuilder.Generating();
        if (status is not null) await bench.Store.AddAsync(status is TrainingSheetStatus.Failed ? sheet.FailedWith() : sheet, None);

        Assert.That((await bench.SendAsync(new MarkTrainedCommand(Id))).Error!.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task MarkTrained_WhileManyDecide_NeverFreezesAnOpenPair()
    {
        for (var round = 0; round < 20; round++)
        {
            await using var bench = await WithAsync(PairBuilder.FromLabel());
            var pair = bench.Store.Pairs.Single().Id.ToString();

            var flagging = Task.Run(() => bench.SendAsync(new ReviewQAPairCommand(pair, new ReviewAction(ReviewVerb.Flag, Reason: "odd"))));
            var marking = Task.Run(() => bench.SendAsync(new MarkTrainedCommand(Id)));
            var (flagged, marked) = (await flagging, await marking);

            Assert.That(flagged.IsSuccess, Is.Not.EqualTo(marked.IsSuccess), "one of the two");
            await bench.AssertCountsEqualPairsAsync(Id);
        }
    }

    private static async Task<Workbench> WithAsync(params IReadOnlyList<QAPair> pairs)
    {
        var bench = new Workbench();
        var sheet = TrainingSheetBuilder.Generating();
        await bench.Store.AddAsync(sheet, None);
        await bench.Store.CommitBatchAsync(sheet.Having(pairs).Completed(), pairs, None);
        return bench;
    }

    /// <summary>A store in which a decision on the one pair comes to stand as the training sheet is frozen, without its counts.</summary>
    private sealed class LateDecision(InMemoryTrainingSheetRepository store, bool flags) : DelegatingTrainingSheets(store)
    {
        public override async Task<bool> MoveAsync(TrainingSheet sheet, TrainingSheet from, CancellationToken cancellationToken)
        {
            if (from.Status is TrainingSheetStatus.Approved)
            {
                var pair = store.Pairs.Single();
                store.Put((flags ? pair.Flag("odd", "dr.lee", Times.Start) : pair.Reject(null, "dr.lee", Times.Start)).Value);
            }

            return await base.MoveAsync(sheet, from, cancellationToken);
        }
    }
}
