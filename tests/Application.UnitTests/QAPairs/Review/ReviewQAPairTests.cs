using Mirion.Generation.Application.QAPairs.Review;
using Mirion.Generation.Application.TrainingSheets;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Application.UnitTests.QAPairs.Review;

public sealed class ReviewQAPairTests
{
    private static readonly ReviewAction Approve = new(ReviewVerb.Approve);

    private static CancellationToken None => CancellationToken.None;

    [Test]
    public async Task Approve_WhenAModelDraftedIt_IsByTheCallerNowAndBecomesTheLabel()
    {
        await using var bench = await GeneratedAsync();
        bench.Clock.Advance(TimeSpan.FromTicks((TimeSpan.TicksPerHour) + 3));

        var approved = (await DecideAsync(bench, Approve)).Value;

        var now = Times.Start.AddHours(1);
        Assert.That((approved.Status, approved.Revision, approved.State.Decision), Is.EqualTo((QAPairStatus.Labeled, 1, new PairDecision(Workbench.User, now))), "to the microsecond, as it is stored");
        var label = (await LabelAsync(bench))!;
        Assert.That((label.Data.Answer, label.LabeledBy, label.LabeledAt, label.Usage), Is.EqualTo((approved.State.Conversation.Assistant, Workbench.User, now, approved.State.Usage)));
        Assert.That(approved.State.CanonicalLabelId, Is.EqualTo(label.Id));
    }

    [Test]
    public async Task Approve_WhenGeneratedAgain_IsReusedWithoutACall()
    {
        await using var bench = await GeneratedAsync();
        await DecideAsync(bench, new ReviewAction(ReviewVerb.Edit, Content: "a dent"));
        var calls = bench.Model.Calls;

        var again = (await bench.GenerateAsync()).Value;

        var pair = bench.Store.Pairs.Single(pair => pair.State.TrainingSheetId == again.Id);
        Assert.That((pair.State.LabelingMode, pair.State.Conversation.Assistant, bench.Model.Calls), Is.EqualTo((LabelingMode.Canonical, "a dent", calls)));
    }

    [Test]
    public async Task Decide_WhenTheTagIsOfThisState_IsTaken()
    {
        await using var bench = await GeneratedAsync();

        var decided = await DecideAsync(bench, new ReviewAction(ReviewVerb.Flag, Reason: "odd"), "another", PairTag.Of(Pair(bench)));

        Assert.That((decided.Value.Status, decided.Value.State.Decision!.Reason), Is.EqualTo((QAPairStatus.Flagged, "odd")));
    }

    [Test]
    public async Task Decide_WhenTheTagIsStale_SaysWhoDecidedAndChangesNothing()
    {
        await using var bench = await GeneratedAsync();
        var tag = PairTag.Of(Pair(bench));
        await DecideAsync(bench, new ReviewAction(ReviewVerb.Reject));
        var before = Pair(bench);

        var late = await DecideAsync(bench, Approve, tag);

        Assert.That((late.Error!.Kind, late.Error.Code), Is.EqualTo((ErrorKind.Stale, "stale_write")));
        Assert.That(late.Error.Message, Does.Contain(Workbench.User).And.Contain("rejected"));
        Assert.That(Pair(bench), Is.SameAs(before));
    }

    [Test]
    public async Task Decide_WhenTwoEditWithOneTagAtOnce_TakesOneAndRefusesTheOther()
    {
        await using var bench = await GeneratedAsync();
        var tag = PairTag.Of(Pair(bench));
        await using var other = bench.Beside();
        bench.ReviewsPort = new MeanwhileReviews(Port(bench), () => DecideAsync(other, new ReviewAction(ReviewVerb.Edit, Content: "theirs"), tag));

        var late = await DecideAsync(bench, new ReviewAction(ReviewVerb.Edit, Content: "mine"), tag);

        Assert.That((late.Error!.Code, Pair(bench).State.Conversation.Assistant, Pair(bench).Revision), Is.EqualTo(("stale_write", "theirs", 1)));
    }

    [Test]
    public async Task Decide_WhenARaceIsLostWithoutATag_IsDecidedAgain()
    {
        await using var bench = await GeneratedAsync();
        await using var other = bench.Beside();
        bench.ReviewsPort = new MeanwhileReviews(Port(bench), () => DecideAsync(other, new ReviewAction(ReviewVerb.Edit, Content: "theirs")));

        var second = (await DecideAsync(bench, new ReviewAction(ReviewVerb.Edit, Content: "mine"))).Value;

        Assert.That((second.Revision, second.State.Conversation.Assistant, (await LabelAsync(bench))!.Version), Is.EqualTo((2, "mine", 2)));
    }

    [Test]
    public async Task Decide_WhenARaceIsLostToOneThatForbidsIt_IsRefused()
    {
        await using var bench = await GeneratedAsync();
        await using var other = bench.Beside();
        bench.ReviewsPort = new MeanwhileReviews(Port(bench), () => DecideAsync(other, new ReviewAction(ReviewVerb.Edit, Content: "theirs")));

        Assert.That((await DecideAsync(bench, Approve)).Error!.Message, Is.EqualTo(QAPairErrors.AlreadyIs(QAPairStatus.Labeled).Message));
        Assert.That(Pair(bench).Revision, Is.EqualTo(1));
    }

    [Test]
    public async Task Approve_WhenAnEarlierOneBrokeOffBeforeTheLabel_IsRefusedAndWritesIt()
    {
        await using var bench = await GeneratedAsync();
        await DecideAsync(bench, Approve);
        await bench.Labels.DeleteAsync((await LabelAsync(bench))!.Id, None);

        Assert.That((await DecideAsync(bench, Approve)).Error!.Code, Is.EqualTo("illegal_transition"));

        Assert.That((await LabelAsync(bench))!.Data.Answer, Is.EqualTo(Pair(bench).State.Conversation.Assistant));
    }

    [Test]
    public async Task Approve_WhenAnExpertLabelledSince_LeavesTheLabel()
    {
        await using var bench = await GeneratedAsync();
        await DecideAsync(bench, Approve);
        await bench.Labels.UpsertAsync(LabelBuilder.Label(Workbench.Item(0), "newer", labeledAt: Times.Start.AddDays(1)), None);

        await DecideAsync(bench, Approve);

        Assert.That((await LabelAsync(bench))!.Data.Answer, Is.EqualTo("newer"));
    }

    [TestCase("""{"defect":"dent"}""", true)]
    [TestCase("""{"defect": "dent"}""", false, Description = "not as compact JSON is written, so the text would be another")]
    [TestCase("dent", false)]
    public async Task Edit_WhenTheLabelWasJson_IsJsonAgainWhereTheTextIs(string answer, bool structured)
    {
        await using var bench = new Workbench().WithItems(1);
        await bench.Labels.UpsertAsync(LabelBuilder.OfJson("""{"defect":"scratch"}""", Workbench.Item(0)), None);
        await bench.GenerateAsync();

        await DecideAsync(bench, new ReviewAction(ReviewVerb.Edit, Content: answer));

        var label = (await LabelAsync(bench))!;
        Assert.That((label.Data.Answer, label.Data.IsStructured, label.Version), Is.EqualTo((answer, structured, 2)));
    }

    [TestCase(null, false)]
    [TestCase("""{"type":"object"}""", true)]
    public async Task Edit_WhenThereIsNoLabel_IsJsonWhereTheTemplateAsksForIt(string? schema, bool structured)
    {
        await using var bench = new Workbench(template: TemplateBuilder.Template(outputSchema: schema)).WithItems(1);
        await bench.GenerateAsync(new GenerationConfig { LabelingMode = LabelingMode.Manual });

        await DecideAsync(bench, new ReviewAction(ReviewVerb.Edit, Content: """{"a":1}"""));

        Assert.That((await LabelAsync(bench))!.Data.IsStructured, Is.EqualTo(structured));
    }

    [Test]
    public async Task Reject_WhenThePairIsCanonical_LeavesTheLabel()
    {
        await using var bench = await new Workbench().WithItems(1).WithLabelsAsync([0]);
        await bench.GenerateAsync();

        await DecideAsync(bench, new ReviewAction(ReviewVerb.Reject, Reason: "wrong board"));

        Assert.That((await LabelAsync(bench))!.Version, Is.EqualTo(1));
    }

    [Test]
    public async Task Decide_WhenTheTrainingSheetIsTrained_IsRefused()
    {
        await using var bench = await GeneratedAsync();
        await DecideAsync(bench, Approve);
        await bench.SendAsync(new MarkTrainedCommand(Pair(bench).State.TrainingSheetId));

        Assert.That((await DecideAsync(bench, new ReviewAction(ReviewVerb.Flag, Reason: "odd"))).Error!.Message, Is.EqualTo(TrainingSheetErrors.NotOpenToReview(TrainingSheetStatus.Trained).Message));
        Assert.That(Pair(bench).Revision, Is.EqualTo(1));
    }

    [TestCase("nonsense")]
    [TestCase("00000000-0000-0000-0000-000000000000")]
    public async Task Decide_WhenThereIsNoSuchPair_SaysSo(string id)
    {
        await using var bench = new Workbench();

        Assert.That((await bench.SendAsync(new ReviewQAPairCommand(id, Approve))).Error!.Code, Is.EqualTo("qa_pair_not_found"));
    }

    private static InMemoryPairReviewRepository Port(Workbench bench) => new(bench.Store, bench.Labels);

    private static async Task<Workbench> GeneratedAsync()
    {
        var bench = new Workbench().WithItems(1);
        Assert.That((await bench.GenerateAsync()).IsSuccess, Is.True);
        return bench;
    }

    private static QAPair Pair(Workbench bench) => bench.Store.Pairs.Single();

    private static Task<CanonicalLabel?> LabelAsync(Workbench bench) => bench.Labels.FindAsync(LabelBuilder.Key(Workbench.Item(0)).ToId(), None);

    private static Task<Result<QAPair>> DecideAsync(Workbench bench, ReviewAction action, params string[] tags) =>
        bench.SendAsync(new ReviewQAPairCommand(Pair(bench).Id.ToString(), action, tags.Length == 0 ? null : tags));
}
