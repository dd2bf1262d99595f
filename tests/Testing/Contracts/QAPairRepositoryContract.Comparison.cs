using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using NUnit.Framework;

namespace Mirion.Generation.Testing.Contracts;

public abstract partial class QAPairRepositoryContract
{
    private static readonly TrainingSheetId Other = new("ts-2");

    [Test]
    public async Task CompareAsync_WhenPairsDiffer_CountsAllAndGivesThoseThatDifferInCodePointOrder()
    {
        await WriteAsync(
            PairBuilder.FromModel("same", 0),
            PairBuilder.FromModel("answer", 1),
            PairBuilder.FromModel("status", 2),
            PairBuilder.FromModel("labelled", 3),
            PairBuilder.FromModel("gone", 4),
            PairBuilder.AwaitingAnswer("unanswered", 5),
            PairBuilder.FromModel("ﬁ", 6),
            PairBuilder.FromModel("😀", 7));
        await WriteOtherAsync(
            PairBuilder.FromModel("same", 0, Other.Value),
            PairBuilder.FromModel("answer", 1, Other.Value, answer: "dent"),
            PairBuilder.FromModel("status", 2, Other.Value).Reject(null, "b", Times.Start).Value,
            PairBuilder.FromLabel("labelled", 3, Other.Value),
            PairBuilder.FromModel("unanswered", 5, Other.Value),
            PairBuilder.FromModel("ﬁ", 6, Other.Value, answer: "dent"),
            PairBuilder.FromModel("😀", 7, Other.Value, answer: "dent"),
            PairBuilder.Failed("new", 8, Other.Value));

        var compared = await Pairs.CompareAsync(Id, Other, new PageRequest(50), None);

        Assert.That(compared.Count, Is.EqualTo(new ComparisonCount(Items: 9, Same: 1, OnlyHere: 1, OnlyThere: 1, AnswerChanged: 4, StatusChanged: 2, LabelChanged: 1)));
        Assert.That(compared.Differences.Next, Is.Null);
        Assert.That(compared.Differences.Items.Select(item => $"{item.ItemRef}: {string.Join(' ', item.Changes)}"), Is.EqualTo(new[]
        {
            "answer: Answer", "gone: OnlyHere", "labelled: Status Label", "new: OnlyThere", "status: Status", "unanswered: Answer", "ﬁ: Answer", "😀: Answer",
        }));
    }

    [Test]
    public async Task CompareAsync_Always_GivesBothPairsAsTheyAre()
    {
        var (here, there) = (PairBuilder.FromModel("a", 4, answer: Plain.Awkward), PairBuilder.FromLabel("a", 3, Other.Value));
        await WriteAsync(here);
        await WriteOtherAsync(there, PairBuilder.AwaitingAnswer("b", long.MaxValue, Other.Value));

        var differences = (await Pairs.CompareAsync(Id, Other, new PageRequest(50), None)).Differences.Items;

        Assert.That(differences.Select(item => (item.ItemRef.Value, item.Here, item.There)), Is.EqualTo(new[]
        {
            ("a", (ComparedPair?)new ComparedPair(here.Id, 4, QAPairStatus.Unlabeled, Plain.Awkward, null),
                (ComparedPair?)new ComparedPair(there.Id, 3, QAPairStatus.Labeled, "scratch", there.State.CanonicalLabelId)),
            ("b", null, new ComparedPair(PairBuilder.AwaitingAnswer("b", 0, Other.Value).Id, long.MaxValue, QAPairStatus.Unlabeled, null, null)),
        }));
    }

    // The answer is the second turn where there is no system turn, and else the third.
    [Test]
    public async Task CompareAsync_WhenOnlyTheQuestionChanged_FindsNoDifference()
    {
        await WriteAsync(
            QAPair.FromModel(PairBuilder.Origin("a", 0, system: "You inspect boards."), "scratch"),
            QAPair.AwaitingAnswer(PairBuilder.Origin("b", 1, system: "You inspect boards.", images: ["/Volumes/a/b/c/1.png"])),
            QAPair.FromModel(PairBuilder.Origin("c", 2, question: "Another?"), "scratch"));
        await WriteOtherAsync(
            QAPair.FromModel(PairBuilder.Origin("a", 0, Other.Value), "scratch"),
            QAPair.AwaitingAnswer(PairBuilder.Origin("b", 1, Other.Value)),
            QAPair.FromModel(PairBuilder.Origin("c", 2, Other.Value, images: ["/Volumes/a/b/c/1.png"]), "scratch"));

        var compared = await Pairs.CompareAsync(Id, Other, new PageRequest(50), None);

        Assert.That((compared.Count, compared.Differences.Items), Is.EqualTo((new ComparisonCount(3, 3, 0, 0, 0, 0, 0), Array.Empty<PairDifference>())));
    }

    [Test]
    public async Task CompareAsync_WhenReadPageByPage_GivesEveryDifferenceOnceAndCountsAllEachTime()
    {
        await WriteAsync([.. Enumerable.Range(0, 9).Select(i => PairBuilder.FromModel($"item-{i}", i))]);
        await WriteOtherAsync([.. Enumerable.Range(0, 7).Select(i => PairBuilder.FromModel($"item-{i}", i, Other.Value, answer: i is 3 ? "scratch" : "dent"))]);

        var seen = new List<string>();
        IReadOnlyList<string>? after = null;
        do
        {
            var compared = await Pairs.CompareAsync(Id, Other, new PageRequest(3, after), None);
            Assert.That((compared.Count.Items, compared.Count.AnswerChanged, compared.Count.OnlyHere), Is.EqualTo((9, 6, 2)));
            seen.AddRange(compared.Differences.Items.Select(item => item.ItemRef.Value));
            after = compared.Differences.Next;
        }
        while (after is not null);

        Assert.That(seen, Is.EqualTo(new[] { "item-0", "item-1", "item-2", "item-4", "item-5", "item-6", "item-7", "item-8" }));
    }

    [Test]
    public async Task CompareAsync_WhenOneHasNoPairs_HasThemAllOnOneSide()
    {
        await WriteAsync(PairBuilder.FromModel());

        Assert.That((await Pairs.CompareAsync(Other, Id, new PageRequest(5), None)).Count, Is.EqualTo(new ComparisonCount(1, 0, 0, 1, 0, 0, 0)));
        Assert.That((await Pairs.CompareAsync(Other, new TrainingSheetId("ts-3"), new PageRequest(5), None)).Count, Is.EqualTo(new ComparisonCount(0, 0, 0, 0, 0, 0, 0)));
    }

    private async Task WriteOtherAsync(params IReadOnlyList<QAPair> pairs)
    {
        await Sheets.AddAsync(TrainingSheetBuilder.Generating(Other.Value), None);
        await Sheets.CommitBatchAsync(TrainingSheetBuilder.Generating(Other.Value).Having(pairs), pairs, None);
    }
}
