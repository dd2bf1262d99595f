using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.QAPairs.Review;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Application.UnitTests.QAPairs.Review;

public sealed class ReviewQAPairsTests
{
    private static readonly TrainingSheetId Id = new("ts-1");
    private static readonly ReviewAction Approve = new(ReviewVerb.Approve);

    private static CancellationToken None => CancellationToken.None;

    [Test]
    public async Task Review_WhenPairsAreNamed_DecidesOnEachAndNamesThoseItCannot()
    {
        await using var bench = await ReviewedAsync(PairBuilder.FromModel("a"), PairBuilder.FromLabel("b", 1), PairBuilder.Failed("c", 2), PairBuilder.FromModel("d", 3));
        var ids = bench.Store.Pairs.Take(3).Select(pair => pair.Id.ToString()).ToList();
        var missing = Guid.NewGuid().ToString();

        var bulk = (await bench.SendAsync(new ReviewQAPairsCommand(Approve, [.. ids, missing, "nonsense", ids[0].ToUpperInvariant()]))).Value;

        Assert.That((bulk.Changed, bulk.RefusedCount), Is.EqualTo((1, 4)), "a pair that is named twice is decided on once");
        Assert.That(bulk.Refused.Select(refused => (refused.Id, refused.Error.Code)), Is.EquivalentTo(new[]
        {
            (missing, "qa_pair_not_found"), ("nonsense", "qa_pair_not_found"), (ids[1], "illegal_transition"), (ids[2], "illegal_transition"),
        }));
        Assert.That(bench.PairOf("d").Status, Is.EqualTo(QAPairStatus.Unlabeled));
        await bench.AssertCountsEqualPairsAsync(Id);
    }

    [Test]
    public async Task Review_WhenAFilterFindsManyPairs_DecidesOnAllOfThem()
    {
        await using var bench = await ReviewedAsync([.. Enumerable.Range(0, 1203).Select(i => PairBuilder.FromModel($"item-{i:d4}", i)), PairBuilder.Failed("z", 1203)]);

        var bulk = (await bench.SendAsync(new ReviewQAPairsCommand(Approve, Filter: new(Id, new QAPairFilter(QAPairStatus.Unlabeled))))).Value;

        Assert.That((bulk.Changed, bulk.RefusedCount), Is.EqualTo((1203, 0)));
        Assert.That(await bench.Labels.CountAsync(bench.Sheet.Id, bench.Template.LabelType, None), Is.EqualTo(1203));
        Assert.That((await bench.StoredAsync(Id)).Tally, Is.EqualTo(new PairTally(1203, 0, 0, 1)));
    }

    [Test]
    public async Task Review_WhenMoreThanAHundredAreRefused_CountsAllAndNamesAHundred()
    {
        await using var bench = await ReviewedAsync([.. Enumerable.Range(0, 150).Select(i => PairBuilder.FromLabel($"item-{i:d3}", i))]);

        var bulk = (await bench.SendAsync(new ReviewQAPairsCommand(Approve, Filter: new(Id, new QAPairFilter())))).Value;

        Assert.That((bulk.Changed, bulk.Refused.Count, bulk.RefusedCount), Is.EqualTo((0, 100, 150)));
    }

    [Test]
    public async Task Review_WhenSomebodyDecidesMeanwhile_ReadsThosePairsAgain()
    {
        await using var bench = await ReviewedAsync(PairBuilder.FromModel("a"), PairBuilder.FromModel("b", 1), PairBuilder.FromModel("c", 2));
        await using var other = bench.Beside();
        bench.ReviewsPort = new MeanwhileReviews(new InMemoryPairReviewRepository(bench.Store, bench.Labels), () =>
            other.SendAsync(new ReviewQAPairsCommand(new(ReviewVerb.Flag, Reason: "odd"), [.. bench.Store.Pairs.Skip(1).Select(pair => pair.Id.ToString())])));

        var bulk = (await bench.SendAsync(new ReviewQAPairsCommand(Approve, Filter: new(Id, new QAPairFilter(QAPairStatus.Unlabeled))))).Value;

        Assert.That((bulk.Changed, bulk.RefusedCount), Is.EqualTo((1, 0)), "what is flagged is no longer what the filter asks for");
        Assert.That(bench.Store.Pairs.Select(pair => pair.Status), Is.EqualTo(new[] { QAPairStatus.Labeled, QAPairStatus.Flagged, QAPairStatus.Flagged }));
    }

    [Test]
    public async Task Review_WhenThePairsAreNamedAndSomebodyDecidesMeanwhile_DecidesAgain()
    {
        await using var bench = await ReviewedAsync(PairBuilder.FromModel("a"), PairBuilder.FromModel("b", 1));
        await using var other = bench.Beside();
        var ids = bench.Store.Pairs.Select(pair => pair.Id.ToString()).ToList();
        bench.ReviewsPort = new MeanwhileReviews(
            new InMemoryPairReviewRepository(bench.Store, bench.Labels), () => other.SendAsync(new ReviewQAPairsCommand(new(ReviewVerb.Reject), ids)));

        var bulk = (await bench.SendAsync(new ReviewQAPairsCommand(Approve, ids))).Value;

        Assert.That(bulk.Changed, Is.EqualTo(2));
        Assert.That(bench.Store.Pairs.Select(pair => (pair.Status, pair.Revision)), Is.All.EqualTo((QAPairStatus.Labeled, 2)));
    }

    [Test]
    public async Task Review_WhenTheTrainingSheetIsClosedOrUnknown_IsRefusedWhole()
    {
        await using var bench = new Workbench();
        await bench.Store.AddAsync(TrainingSheetBuilder.Generating(), None);

        Assert.That((await bench.SendAsync(new ReviewQAPairsCommand(Approve, Filter: new(Id, new QAPairFilter())))).Error!.Code, Is.EqualTo("illegal_transition"));
        Assert.That((await bench.SendAsync(new ReviewQAPairsCommand(Approve, Filter: new(new("none"), new QAPairFilter())))).Error!.Code, Is.EqualTo("training_sheet_not_found"));
    }

    private static IEnumerable<TestCaseData> Malformed()
    {
        yield return new TestCaseData(new ReviewQAPairsCommand(Approve), "ids").SetArgDisplayNames("neither ids nor filter");
        yield return new TestCaseData(new ReviewQAPairsCommand(Approve, ["a"], new(Id, new QAPairFilter())), "ids").SetArgDisplayNames("both");
        yield return new TestCaseData(new ReviewQAPairsCommand(Approve, []), "ids").SetArgDisplayNames("no id");
        yield return new TestCaseData(new ReviewQAPairsCommand(Approve, [.. Enumerable.Range(0, 10_001).Select(i => $"{i}")]), "ids").SetArgDisplayNames("too many");
        yield return new TestCaseData(new ReviewQAPairsCommand(new(ReviewVerb.Flag, Reason: " "), ["a"]), "reason").SetArgDisplayNames("a flag without a reason");
        yield return new TestCaseData(new ReviewQAPairsCommand(new(ReviewVerb.Edit, Content: "x"), ["a"]), "action").SetArgDisplayNames("an edit");
    }

    [TestCaseSource(nameof(Malformed))]
    public async Task Review_WhenTheRequestIsMalformed_NamesTheField(ReviewQAPairsCommand command, string field)
    {
        await using var bench = new Workbench();

        var refused = (await bench.SendAsync(command)).Error!;

        Assert.That((refused.Kind, refused.Fields.Keys), Is.EqualTo((ErrorKind.Invalid, new[] { field })));
    }

    private static async Task<Workbench> ReviewedAsync(params IReadOnlyList<QAPair> pairs)
    {
        var bench = new Workbench();
        var sheet = TrainingSheetBuilder.Generating();
        await bench.Store.AddAsync(sheet, None);
        await bench.Store.CommitBatchAsync(sheet.Having(pairs).Completed(), pairs, None);
        return bench;
    }
}
