using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using NUnit.Framework;

namespace Mirion.Generation.Testing.Contracts;

/// <summary>What every adapter of <see cref="IPairReviewRepository"/> keeps.</summary>
public abstract partial class PairReviewRepositoryContract
{
    private static readonly TrainingSheetId Id = new("ts-1");
    private static readonly LabelType Type = new("classification");

    /// <summary>The training sheets of the same, empty store.</summary>
    protected abstract ITrainingSheetRepository Sheets { get; }

    /// <summary>Its pairs.</summary>
    protected abstract IQAPairRepository Pairs { get; }

    /// <summary>Its labels.</summary>
    protected abstract ICanonicalLabelRepository Labels { get; }

    /// <summary>The adapter.</summary>
    protected abstract IPairReviewRepository Reviews { get; }

    private static CancellationToken None => CancellationToken.None;

    [Test]
    public async Task CommitAsync_WhenAPairIsApproved_StoresItItsLabelAndTheCounts()
    {
        var restricted = new UsagePolicy(Uses.Training, Uses.Testing, "agreement", DataClassification.Internal);
        var pair = QAPair.FromModel(PairBuilder.Origin("a", usage: restricted), Plain.Awkward);
        await ReviewedAsync(pair, PairBuilder.FromModel("b", 1));

        var review = Approve(pair);
        var commit = await Reviews.CommitAsync(Id, Type, [review], None);

        Assert.That(commit.Stored, Is.EquivalentTo(new[] { pair.Id }));
        Assert.That(Plain.Text(await PairAsync("a")), Is.EqualTo(Plain.Text(review.After)));
        Assert.That(review.After.Revision, Is.EqualTo(1));
        Assert.That(await LabelAsync("a"), Is.EqualTo(LabelBuilder.Label("a", Plain.Awkward, labeledBy: "dr.lee", usage: restricted)));
        Assert.That((commit.Sheet!.Status, commit.Sheet.Tally), Is.EqualTo((TrainingSheetStatus.Review, new PairTally(1, 1, 0, 0))));
        await AssertCountsAsync();
    }

    [Test]
    public async Task CommitAsync_WhenTheLastOpenPairIsDecidedAndOneIsFlaggedAgain_IsApprovedAndThenInReview()
    {
        var pair = PairBuilder.FromModel("a");
        await ReviewedAsync(pair);

        var approved = await Reviews.CommitAsync(Id, Type, [Approve(pair)], None);
        var flagged = await Reviews.CommitAsync(Id, Type, [Of(await PairAsync("a"), now => now.Flag("odd", "dr.kim", Times.Start))], None);

        Assert.That(approved.Sheet!.Status, Is.EqualTo(TrainingSheetStatus.Approved));
        Assert.That((flagged.Sheet!.Status, (await PairAsync("a")).Revision), Is.EqualTo((TrainingSheetStatus.Review, 2)));
        Assert.That((await LabelAsync("a"))!.Version, Is.EqualTo(1), "a flag does not touch the label");
        await AssertCountsAsync();
    }

    [Test]
    public async Task CommitAsync_WhenThePairWasDecidedOnMeanwhile_ChangesNothing()
    {
        var pair = PairBuilder.FromModel("a");
        await ReviewedAsync(pair);
        await Reviews.CommitAsync(Id, Type, [Of(pair, now => now.Reject("no", "dr.kim", Times.Start))], None);
        var before = Plain.Text(await PairAsync("a"));

        var commit = await Reviews.CommitAsync(Id, Type, [Edit(pair, "late")], None);

        Assert.That((commit.Stored.Count, Plain.Text(await PairAsync("a"))), Is.EqualTo((0, before)));
        Assert.That(await LabelAsync("a"), Is.Null);
        await AssertCountsAsync();
    }

    [Test]
    public async Task CommitAsync_WhenThePairWasMadeAnew_ChangesNothing()
    {
        await ReviewedAsync(QAPair.FromModel(PairBuilder.Origin("a", createdAt: Times.Start.AddMinutes(1)), "new"));

        var commit = await Reviews.CommitAsync(Id, Type, [Approve(PairBuilder.FromModel("a"))], None);

        Assert.That((commit.Stored.Count, (await PairAsync("a")).Revision), Is.EqualTo((0, 0)));
    }

    [TestCase(TrainingSheetStatus.Generating)]
    [TestCase(TrainingSheetStatus.Failed)]
    [TestCase(TrainingSheetStatus.Trained)]
    public async Task CommitAsync_WhenTheTrainingSheetIsClosed_ChangesNothingAndSaysSo(TrainingSheetStatus status)
    {
        var pair = PairBuilder.FromLabel("a");
        var sheet = TrainingSheetBuilder.Generating();
        await Sheets.AddAsync(sheet, None);
        var closed = status switch
        {
            TrainingSheetStatus.Generating => sheet.Having(pair),
            TrainingSheetStatus.Failed => sheet.Having(pair).FailedWith(),
            _ => sheet.Having(pair).Completed(),
        };
        await Sheets.CommitBatchAsync(closed, [pair], None);
        if (status is TrainingSheetStatus.Trained) await Sheets.MoveAsync(closed.MarkTrained().Value, closed, None);

        var commit = await Reviews.CommitAsync(Id, Type, [Edit(pair, "late")], None);

        Assert.That((commit.Stored.Count, commit.Sheet!.Status), Is.EqualTo((0, status)));
        Assert.That(Plain.Text(await PairAsync("a")), Is.EqualTo(Plain.Text(pair)));
        Assert.That(await LabelAsync("a"), Is.Null);
    }

    [Test]
    public async Task CommitAsync_WhenThereIsNoTrainingSheet_SaysSo()
    {
        var commit = await Reviews.CommitAsync(Id, Type, [Approve(PairBuilder.FromModel("a"))], None);

        Assert.That((commit.Stored.Count, commit.Sheet), Is.EqualTo((0, (TrainingSheet?)null)));
    }

    [Test]
    public async Task CommitAsync_WhenTheLabelSaysSomethingElse_MakesItsNextVersionAndKeepsTheEarlierOne()
    {
        var restricted = UsagePolicy.Unrestricted with { Reason = "its own" };
        var label = LabelBuilder.Label("a", "dent", usage: restricted, notes: "seen twice", confidence: Confidence.Low, labeledBy: "dr.kim");
        var first = (await Labels.UpsertAsync(label, None)).Label;
        var pair = PairBuilder.FromLabel("a", label: first);
        await ReviewedAsync(pair, PairBuilder.FromModel("b", 1));

        await Reviews.CommitAsync(Id, Type, [Edit(pair, "scratch")], None);

        var second = LabelBuilder.Label("a", "scratch", usage: restricted, notes: "seen twice", labeledBy: "dr.lee", version: 2);
        Assert.That(await LabelAsync("a"), Is.EqualTo(second));
        Assert.That(await Labels.ListVersionsAsync(first.Id, None), Is.EqualTo(new[] { second, first }));
        Assert.That((await PairAsync("a")).State.Original!.Assistant, Is.EqualTo("dent"));
    }

    [Test]
    public async Task CommitAsync_WhenTheLabelSaysSoAlready_LeavesItAsItIs()
    {
        var label = (await Labels.UpsertAsync(LabelBuilder.Label("a", "scratch", labeledBy: "dr.kim"), None)).Label;
        await ReviewedAsync(PairBuilder.FromModel("a", answer: "scratch"));

        await Reviews.CommitAsync(Id, Type, [Approve(PairBuilder.FromModel("a", answer: "scratch"))], None);

        Assert.That(await LabelAsync("a"), Is.EqualTo(label));
        Assert.That((await PairAsync("a")).State.CanonicalLabelId, Is.EqualTo(label.Id));
        Assert.That(await Labels.ListVersionsAsync(label.Id, None), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task CommitAsync_WhenThereAreManyPairs_StoresThoseThatAreAsTheyWereReadWithTheirLabels()
    {
        var pairs = Enumerable.Range(0, 300).Select(i => PairBuilder.FromModel($"item-{i:d3}", i, answer: $"answer {i}")).ToList();
        await ReviewedAsync([.. pairs]);
        await Labels.UpsertAsync(LabelBuilder.Label("item-001", "dent"), None);
        foreach (var i in (int[])[0, 7, 299]) await Reviews.CommitAsync(Id, Type, [Of(pairs[i], pair => pair.Reject(null, "dr.kim", Times.Start))], None);

        var commit = await Reviews.CommitAsync(Id, Type, [.. pairs.Select(Approve)], None);

        Assert.That(commit.Stored, Is.EquivalentTo(pairs.Where((_, i) => i is not (0 or 7 or 299)).Select(pair => pair.Id)));
        Assert.That(commit.Sheet!.Tally, Is.EqualTo(new PairTally(297, 0, 3, 0)));
        Assert.That(await Labels.CountAsync(pairs[0].State.SheetId, Type, None), Is.EqualTo(297));
        Assert.That((await LabelAsync("item-001"))!.Version, Is.EqualTo(2));
        Assert.That((await LabelAsync("item-298"))!.Data.Answer, Is.EqualTo("answer 298"));
        await AssertCountsAsync();
    }

    [Test]
    public async Task CommitAsync_WhenTheChatIsLong_StoresItWhole()
    {
        var answer = string.Concat(Enumerable.Repeat(Plain.Awkward, 9000));
        var pair = PairBuilder.FromModel("a");
        await ReviewedAsync(pair);

        await Reviews.CommitAsync(Id, Type, [Edit(pair, answer)], None);

        Assert.That((await PairAsync("a")).State.Conversation.Assistant, Is.EqualTo(answer));
        Assert.That((await LabelAsync("a"))!.Data.Answer, Is.EqualTo(answer));
    }

    [Test]
    public async Task CompleteAsync_WhenADecisionBrokeOff_WritesItsLabelAndTheCounts()
    {
        var decided = Approve(PairBuilder.FromModel("a")).After;
        // The pair as decided, without what follows from it.
        await ReviewedAsync(PairTally.Of([QAPairStatus.Unlabeled]), decided);

        var sheet = await Reviews.CompleteAsync(Id, Type, [new PairReview(decided, decided, Text("scratch"))], None);

        Assert.That((sheet!.Status, sheet.Tally), Is.EqualTo((TrainingSheetStatus.Approved, new PairTally(1, 0, 0, 0))));
        Assert.That((await LabelAsync("a"))!.Data.Answer, Is.EqualTo("scratch"));
    }

    [Test]
    public async Task CompleteAsync_WhenThePairWasDecidedOnSince_WritesNoLabel()
    {
        var pair = PairBuilder.FromModel("a");
        await ReviewedAsync(pair);
        await Reviews.CommitAsync(Id, Type, [Of(pair, now => now.Reject(null, "dr.kim", Times.Start))], None);
        var again = Approve(Approve(pair).After.Reject(null, "dr.lee", Times.Start).Value).After;

        await Reviews.CompleteAsync(Id, Type, [new PairReview(again, again, Text("scratch"))], None);

        Assert.That(await LabelAsync("a"), Is.Null);
    }

    [Test]
    public async Task CompleteAsync_WhenThereIsNoTrainingSheet_IsNull() => Assert.That(await Reviews.CompleteAsync(Id, Type, [], None), Is.Null);

    private static LabelData Text(string answer) => LabelData.OfAnswer(answer, structured: false).Value;

    private static PairReview Of(QAPair pair, Func<QAPair, Result<QAPair>> decide, string? label = null) => new(pair, decide(pair).Value, label is null ? null : Text(label));

    private static PairReview Approve(QAPair pair) =>
        Of(pair, now => now.Approve(pair.LabelKey(Type).ToId(), "dr.lee", Times.Start), pair.State.Conversation.Assistant);

    private static PairReview Edit(QAPair pair, string answer) => Of(pair, now => now.Edit(answer, pair.LabelKey(Type).ToId(), "dr.lee", Times.Start), answer);

    private Task ReviewedAsync(params IReadOnlyList<QAPair> pairs) => ReviewedAsync(PairTally.Of(pairs.Select(pair => pair.Status)), pairs);

    private async Task ReviewedAsync(PairTally counted, params IReadOnlyList<QAPair> pairs)
    {
        var sheet = TrainingSheetBuilder.Generating();
        Assert.That(await Sheets.AddAsync(sheet, None), Is.True);
        Assert.That(await Sheets.CommitBatchAsync(sheet.Record(counted, PairTally.Empty, new GenerationStatistics()).Value.Completed(), pairs, None), Is.True);
    }

    private async Task<QAPair> PairAsync(string item) => (await Pairs.FindAsync(QAPairId.For(Id, new(item)), None))!;

    private Task<CanonicalLabel?> LabelAsync(string item) => Labels.FindAsync(LabelBuilder.Key(item).ToId(), None);

    private async Task AssertCountsAsync() => Assert.That((await Sheets.FindAsync(Id, None))!.Tally, Is.EqualTo(await Pairs.TallyAsync(Id, None)));
}
