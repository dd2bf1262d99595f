using System.Globalization;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using NUnit.Framework;

namespace Mirion.Generation.Testing.Contracts;

/// <summary>What every adapter of <see cref="IQAPairRepository"/> keeps.</summary>
public abstract partial class QAPairRepositoryContract
{
    private static readonly TrainingSheetId Id = new("ts-1");

    /// <summary>The adapter, over an empty store.</summary>
    protected abstract IQAPairRepository Pairs { get; }

    /// <summary>The training sheets in the same store.</summary>
    protected abstract ITrainingSheetRepository Sheets { get; }

    private static CancellationToken None => CancellationToken.None;

    private static CanonicalLabelId Label => LabelBuilder.Label().Id;

    private static IEnumerable<TestCaseData> Shapes()
    {
        yield return Shape("model", PairBuilder.FromModel());
        yield return Shape("label", PairBuilder.FromLabel(label: LabelBuilder.OfJson("""{"a":[1.10]}""", usage: new UsagePolicy(Uses.Training, Uses.Testing, "why", DataClassification.Internal))));
        yield return Shape("failed", PairBuilder.Failed());
        yield return Shape("manual", PairBuilder.AwaitingAnswer());
        yield return Shape("existing", QAPair.FromExistingColumn(PairBuilder.Origin(), "no", trusted: null));
        yield return Shape("trusted", QAPair.FromExistingColumn(PairBuilder.Origin(), "no", new PairDecision("b", Times.Start.AddDays(1))));
        yield return Shape("approved", PairBuilder.FromModel().Approve(Label, "b", Times.Start).Value);
        yield return Shape("edited", PairBuilder.FromModel().Edit("better", Label, "b", Times.Start).Value);
        yield return Shape("rejected", PairBuilder.FromModel().Reject(string.Empty, "b", Times.Start).Value);
        yield return Shape("flagged", PairBuilder.FromModel().Flag("hm", "b", Times.Start).Value);
        yield return Shape("awkward", QAPair.FromModel(Awkward(), Plain.Awkward).Edit(Plain.Awkward + ".", Label, Plain.Awkward, Times.Start).Value.Reject(Plain.Awkward, "c", Times.Start).Value);
        yield return Shape("images", QAPair.FromModel(PairBuilder.Origin(question: string.Empty, images: ["/Volumes/a/b/c/1 ü.png", "/Volumes/a/b/c/2.png"], system: string.Empty), "x"));
    }

    [TestCaseSource(nameof(Shapes))]
    public async Task FindAsync_WhenAPairWasWritten_GivesItBackWhole(QAPair pair)
    {
        await WriteAsync(pair);

        Assert.That(Plain.Text((await Pairs.FindAsync(pair.Id, None))!), Is.EqualTo(Plain.Text(pair)));
    }

    [Test]
    public async Task FindAsync_WhenThereIsNone_IsNull()
    {
        await WriteAsync(PairBuilder.FromModel());

        Assert.That(await Pairs.FindAsync(PairBuilder.FromModel("other").Id, None), Is.Null);
    }

    [Test]
    public async Task ListAsync_WhenWrittenInAnyOrder_GivesItemOrderPageByPage()
    {
        int[] written = [7, 2, 11, 0, 9, 1, 5, 10, 3, 8, 4, 6];
        foreach (var chunk in written.Chunk(5)) await WriteAsync([.. chunk.Select(i => PairBuilder.FromModel($"item-{i}", i))]);

        Assert.That(await SequenceAsync(new QAPairFilter()), Is.EqualTo(Enumerable.Range(0, 12)));
    }

    [Test]
    public async Task ListAsync_WhenFiltered_GivesThosePairs()
    {
        await WriteAsync(
            PairBuilder.FromModel("a", 0),
            PairBuilder.FromLabel("b", 1),
            PairBuilder.Failed("c", 2),
            PairBuilder.FromModel("d", 3).Approve(Label, "b", Times.Start).Value,
            PairBuilder.AwaitingAnswer("e", 4));

        Assert.That(await SequenceAsync(new QAPairFilter(QAPairStatus.Labeled)), Is.EqualTo(new[] { 1, 3 }));
        Assert.That(await SequenceAsync(new QAPairFilter(LabelingMode: LabelingMode.AiGenerated)), Is.EqualTo(new[] { 0, 2, 3 }));
        Assert.That(await SequenceAsync(new QAPairFilter(QAPairStatus.Unlabeled, LabelingMode.Manual)), Is.EqualTo(new[] { 4 }));
        Assert.That(await SequenceAsync(new QAPairFilter(QAPairStatus.Rejected)), Is.Empty);
    }

    [Test]
    public async Task ListAsync_WhenTheTrainingSheetIsAnother_GivesNone()
    {
        await WriteAsync(PairBuilder.FromModel());

        Assert.That((await Pairs.ListAsync(new TrainingSheetId("ts-2"), new QAPairFilter(), new PageRequest(5), None)).Items, Is.Empty);
    }

    [Test]
    public async Task StreamAsync_WhenWrittenInAnyOrder_GivesWholePairsInItemOrder()
    {
        QAPair[] pairs = [PairBuilder.FromLabel("b", 10), PairBuilder.FromModel("c", 2), PairBuilder.FromLabel("a", 9), PairBuilder.Failed("d", 0)];
        await WriteAsync(pairs);

        var expected = pairs.OrderBy(pair => pair.State.SequenceNumber).ToList();
        Assert.That((await StreamAsync(new QAPairFilter())).Select(Plain.Text), Is.EqualTo(expected.Select(Plain.Text)));
        Assert.That((await StreamAsync(new QAPairFilter(QAPairStatus.Labeled))).Select(pair => pair.State.SequenceNumber), Is.EqualTo(new[] { 9, 10 }));
        Assert.That(await StreamAsync(new QAPairFilter(QAPairStatus.Unlabeled, LabelingMode.Manual)), Is.Empty);
    }

    [Test]
    public async Task StreamAsync_WhenCancelled_Stops()
    {
        await WriteAsync(PairBuilder.FromModel());
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.That(
            async () =>
            {
                await foreach (var pair in Pairs.StreamAsync(Id, new QAPairFilter(), cancelled.Token)) _ = pair;
            },
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task CountAsync_Always_CountsPairsByStatusAndUses()
    {
        var (open, closed) = (UsagePolicy.Unrestricted, new UsagePolicy(Uses.Training | Uses.Testing, Uses.Training, "why", DataClassification.Internal));
        await WriteAsync(
            Labelled("a", 0, open),
            Labelled("b", 1, closed),
            Labelled("c", 2, closed with { Reason = "another", Classification = null }),
            Labelled("d", 3, new UsagePolicy(Uses.None, Uses.None)),
            QAPair.FromModel(PairBuilder.Origin("e", 4, usage: open), "x"),
            QAPair.FromModel(PairBuilder.Origin("f", 5, usage: open), "x"));

        Assert.That(await Pairs.CountAsync(Id, None), Is.EquivalentTo(new[]
        {
            new PairCount(QAPairStatus.Labeled, open, 1),
            new PairCount(QAPairStatus.Labeled, new UsagePolicy(closed.Allowed, closed.Prohibited), 2),
            new PairCount(QAPairStatus.Labeled, new UsagePolicy(Uses.None, Uses.None), 1),
            new PairCount(QAPairStatus.Unlabeled, open, 2),
        }));
        Assert.That(await Pairs.CountAsync(new TrainingSheetId("ts-2"), None), Is.Empty);
    }

    [Test]
    public async Task StreamMarksAsync_Always_MarksEveryPairByItemInCodePointOrder()
    {
        await WriteAsync(
            PairBuilder.FromModel("😀", 5),
            PairBuilder.Failed("ﬁ", 4),
            PairBuilder.Failed("b", 1).Flag("still", "b", Times.Start).Value,
            PairBuilder.FromModel("c", 2).Flag("hm", "b", Times.Start).Value,
            PairBuilder.FromLabel("a", 0),
            PairBuilder.Failed("d", 3).Reject(null, "b", Times.Start).Value);

        Assert.That(await MarksAsync(), Is.EqualTo(new[]
        {
            new PairMark(new ItemRef("a"), QAPairStatus.Labeled, false),
            new PairMark(new ItemRef("b"), QAPairStatus.Flagged, false),
            new PairMark(new ItemRef("c"), QAPairStatus.Flagged, false),
            new PairMark(new ItemRef("d"), QAPairStatus.Rejected, false),
            new PairMark(new ItemRef("ﬁ"), QAPairStatus.Flagged, true),
            new PairMark(new ItemRef("😀"), QAPairStatus.Unlabeled, false),
        }));
    }

    [Test]
    public async Task StreamMarksAsync_WhenThereAreMany_MarksThemAll()
    {
        foreach (var chunk in Enumerable.Range(0, 9_000).Chunk(1_000))
        {
            await WriteAsync([.. chunk.Select(i => PairBuilder.FromModel(i.ToString("d5", CultureInfo.InvariantCulture), i))]);
        }

        Assert.That((await MarksAsync()).Select(mark => mark.ItemRef), Is.Ordered.And.Unique.And.Exactly(9_000).Items);
    }

    [Test]
    public async Task StreamMarksAsync_WhenCancelled_Stops()
    {
        await WriteAsync(PairBuilder.FromModel());
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        Assert.That(
            async () =>
            {
                await foreach (var mark in Pairs.StreamMarksAsync(Id, cancelled.Token)) _ = mark;
            },
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task TallyAsync_Always_CountsThePairsByStatus()
    {
        await WriteAsync(
            PairBuilder.FromModel("a", 0),
            PairBuilder.FromLabel("b", 1),
            PairBuilder.FromLabel("c", 2),
            PairBuilder.FromModel("d", 3).Reject(null, "b", Times.Start).Value,
            PairBuilder.Failed("e", 4),
            PairBuilder.Failed("f", 5),
            PairBuilder.Failed("g", 6));

        Assert.That(await Pairs.TallyAsync(Id, None), Is.EqualTo(new PairTally(labeled: 2, unlabeled: 1, rejected: 1, flagged: 3)));
        Assert.That(await Pairs.TallyAsync(new TrainingSheetId("ts-2"), None), Is.EqualTo(PairTally.Empty));
    }

    private static QAPair Labelled(string item, long sequence, UsagePolicy usage) => PairBuilder.FromLabel(item, sequence, label: LabelBuilder.Label(item, usage: usage));

    private static TestCaseData Shape(string name, QAPair pair) => new TestCaseData(pair).SetArgDisplayNames(name);

    private static PairOrigin Awkward() => PairBuilder.Origin(
        Plain.Awkward,
        long.MaxValue,
        question: Plain.Awkward,
        system: Plain.Awkward,
        usage: new UsagePolicy(Uses.None, Uses.All, Plain.Awkward, DataClassification.Public),
        metadata: new GenerationMetadata
        {
            TemplateVersion = 3,
            PromptHash = "ab",
            Model = Plain.Awkward,
            Temperature = 0.1,
            MaxTokens = 5,
            ResponseFormat = "json_schema",
            FinishReason = "stop",
            PromptTokens = 1,
            CompletionTokens = 2,
            LatencyMs = long.MaxValue,
            Attempts = 4,
            FewShotRefs = [Plain.Awkward, "b"],
            SharedWith = Plain.Awkward,
        });

    private async Task WriteAsync(params IReadOnlyList<QAPair> pairs)
    {
        await Sheets.AddAsync(TrainingSheetBuilder.Generating(), None);
        await Sheets.CommitBatchAsync(TrainingSheetBuilder.Generating().Having(pairs), pairs, None);
    }

    private async Task<List<long>> SequenceAsync(QAPairFilter filter)
    {
        var numbers = new List<long>();
        IReadOnlyList<string>? after = null;
        do
        {
            var page = await Pairs.ListAsync(Id, filter, new PageRequest(2, after), None);
            numbers.AddRange(page.Items.Select(pair => pair.State.SequenceNumber));
            after = page.Next;
        }
        while (after is not null);
        return numbers;
    }

    private async Task<List<QAPair>> StreamAsync(QAPairFilter filter)
    {
        var pairs = new List<QAPair>();
        await foreach (var pair in Pairs.StreamAsync(Id, filter, None)) pairs.Add(pair);
        return pairs;
    }

    private async Task<List<PairMark>> MarksAsync()
    {
        var marks = new List<PairMark>();
        await foreach (var mark in Pairs.StreamMarksAsync(Id, None)) marks.Add(mark);
        return marks;
    }
}
