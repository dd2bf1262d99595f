using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using NUnit.Framework;

namespace Mirion.Generation.Testing.Contracts;

/// <summary>What every adapter of <see cref="ITrainingSheetRepository"/> keeps, and <see cref="IQAPairRepository"/> beside it.</summary>
public abstract partial class TrainingSheetRepositoryContract
{
    private static readonly TrainingSheetId Id = new("ts-1");

    /// <summary>The adapter, over an empty store.</summary>
    protected abstract ITrainingSheetRepository Sheets { get; }

    /// <summary>The pairs in the same store.</summary>
    protected abstract IQAPairRepository Pairs { get; }

    private static CancellationToken None => CancellationToken.None;

    private static IEnumerable<TestCaseData> Shapes()
    {
        yield return new TestCaseData(TrainingSheetBuilder.Generating()).SetArgDisplayNames("least");
        yield return new TestCaseData(TrainingSheetBuilder.Generating().FailedWith()).SetArgDisplayNames("failed");
        yield return new TestCaseData(TrainingSheetBuilder.Generating().Completed().MarkTrained().Value).SetArgDisplayNames("trained");
        yield return new TestCaseData(TrainingSheetBuilder.Generating(
            name: Plain.Awkward,
            sheet: SheetBuilder.Table(name: Plain.Awkward, textColumns: [Plain.Awkward], filter: Plain.Awkward),
            template: TemplateBuilder.Template(systemPrompt: Plain.Awkward, outputSchema: """{"type":"object"}""", version: 12),
            config: new GenerationConfig
            {
                LabelingMode = LabelingMode.ExistingColumn,
                Model = Plain.Awkward,
                Temperature = 0,
                MaxTokens = 1,
                Limit = 3,
                FewShot = 2,
                ColumnMapping = new Dictionary<string, string> { [Plain.Awkward] = Plain.Awkward, ["Note"] = "note" },
                ResponseColumn = "answer",
                TrustExisting = true,
                Execution = ExecutionMode.Job,
            },
            mode: ExecutionMode.Job,
            totalItems: long.MaxValue,
            createdBy: Plain.Awkward).LaunchedAs(Plain.Awkward).Value).SetArgDisplayNames("everything");
    }

    [TestCaseSource(nameof(Shapes))]
    public async Task FindAsync_WhenATrainingSheetWasAdded_GivesItBackWhole(TrainingSheet sheet)
    {
        Assert.That(await Sheets.AddAsync(sheet, None), Is.True);

        Assert.That(await TextAsync(), Is.EqualTo(Plain.Text(sheet)));
    }

    [Test]
    public async Task FindAsync_WhenThereIsNone_IsNull() => Assert.That(await Sheets.FindAsync(Id, None), Is.Null);

    [Test]
    public async Task AddAsync_WhenTheIdIsTaken_ChangesNothing()
    {
        await AddAsync(TrainingSheetBuilder.Generating());

        Assert.That(await Sheets.AddAsync(TrainingSheetBuilder.Generating(name: "another"), None), Is.False);
        Assert.That(await TextAsync(), Is.EqualTo(Plain.Text(TrainingSheetBuilder.Generating())));
    }

    [Test]
    public async Task AddAsync_WhenManyAddTheSameAtOnce_TakesOne()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Sheets.AddAsync(TrainingSheetBuilder.Generating(name: $"n{i}"), None)));

        Assert.That(added, Has.Exactly(1).True);
        Assert.That((await Sheets.ListAsync(new PageRequest(10), None)).Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task SaveAsync_Always_StoresWhereItStandsAndNothingElse()
    {
        var sheet = TrainingSheetBuilder.Generating(mode: ExecutionMode.Job);
        await AddAsync(sheet, TrainingSheetBuilder.Generating("ts-2"));
        await Sheets.NoteJobRunAsync(Id, "run-7", None);

        await Sheets.SaveAsync(TrainingSheetBuilder.Generating(template: TemplateBuilder.Template(version: 5), mode: ExecutionMode.Job).Having(PairBuilder.FromModel()).FailedWith(), None);

        var expected = TrainingSheet.Restore(sheet.Having(PairBuilder.FromModel()).FailedWith().State with { JobRunId = "run-7" });
        Assert.That(await TextAsync(), Is.EqualTo(Plain.Text(expected)));
        Assert.That((await Sheets.FindAsync(new TrainingSheetId("ts-2"), None))!.Status, Is.EqualTo(TrainingSheetStatus.Generating));
    }

    [Test]
    public async Task SaveAsync_WhenThereIsNone_IsRefusedAndMakesNone()
    {
        Assert.That(await Sheets.SaveAsync(TrainingSheetBuilder.Generating(), None), Is.False);
        Assert.That(await Sheets.FindAsync(Id, None), Is.Null);
    }

    [Test]
    public async Task SaveAsync_WhenSomebodyDecidedMeanwhile_IsRefusedAndChangesNothing()
    {
        var (sheet, decided) = (TrainingSheetBuilder.Generating(), TrainingSheetBuilder.Generating().FailedWith("cancelled"));
        await AddAsync(sheet, TrainingSheetBuilder.Generating("ts-2"));
        Assert.That(await Sheets.SaveAsync(decided, None), Is.True);

        Assert.That(await Sheets.SaveAsync(sheet.Having(PairBuilder.FromModel()).Completed(), None), Is.False);

        Assert.That(await TextAsync(), Is.EqualTo(Plain.Text(decided)));
    }

    [Test]
    public async Task MoveAsync_WhenItStandsAsExpected_StoresWhereItStandsAndItsJobRun()
    {
        var failed = TrainingSheetBuilder.Generating(mode: ExecutionMode.Job).LaunchedAs("run-1").Value.Having(PairBuilder.FromModel()).FailedWith();
        await AddAsync(failed, TrainingSheetBuilder.Generating("ts-2").FailedWith());
        var resumed = failed.Resume(0).Value.LeftByJob().Value;

        Assert.That(await Sheets.MoveAsync(resumed, failed, None), Is.True);
        Assert.That(await TextAsync(), Is.EqualTo(Plain.Text(resumed)));

        Assert.That(await Sheets.MoveAsync(failed, resumed, None), Is.True);
        Assert.That(await TextAsync(), Is.EqualTo(Plain.Text(failed)));
        Assert.That((await Sheets.FindAsync(new TrainingSheetId("ts-2"), None))!.Status, Is.EqualTo(TrainingSheetStatus.Failed));
    }

    [Test]
    public async Task MoveAsync_WhenItStandsOtherwiseOrNowhere_IsRefusedAndChangesNothing()
    {
        var sheet = TrainingSheetBuilder.Generating().Having(PairBuilder.FromModel()).Completed();
        Assert.That(await Sheets.MoveAsync(sheet, TrainingSheetBuilder.Generating(), None), Is.False);
        await AddAsync(sheet);

        Assert.That(await Sheets.MoveAsync(TrainingSheetBuilder.Generating(), TrainingSheetBuilder.Generating().FailedWith(), None), Is.False);

        Assert.That(await TextAsync(), Is.EqualTo(Plain.Text(sheet)));
    }

    [Test]
    public async Task MoveAsync_WhenManyMoveItAtOnce_LetsOne()
    {
        var failed = TrainingSheetBuilder.Generating().FailedWith();
        await AddAsync(failed);

        var moved = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Sheets.MoveAsync(failed.Resume(0).Value, failed, None)));

        Assert.That(moved, Has.Exactly(1).True);
    }

    [Test]
    public async Task NoteJobRunAsync_WhenThereIsNoRunAnyMore_ForgetsTheOneThatWasNoted()
    {
        var sheet = TrainingSheetBuilder.Generating(mode: ExecutionMode.Job);
        await AddAsync(sheet.LaunchedAs("run-7").Value);

        await Sheets.NoteJobRunAsync(Id, null, None);

        Assert.That(await TextAsync(), Is.EqualTo(Plain.Text(sheet)));
    }

    [Test]
    public async Task NoteJobRunAsync_Always_ChangesNothingElse()
    {
        var sheet = TrainingSheetBuilder.Generating(mode: ExecutionMode.Job).Having(PairBuilder.FromModel());
        await AddAsync(sheet, TrainingSheetBuilder.Generating("ts-2"));

        await Sheets.NoteJobRunAsync(Id, "run-7", None);

        Assert.That(await TextAsync(), Is.EqualTo(Plain.Text(sheet.LaunchedAs("run-7").Value)));
        Assert.That((await Sheets.FindAsync(new TrainingSheetId("ts-2"), None))!.State.JobRunId, Is.Null);
    }

    [Test]
    public async Task ListAsync_WhenThereAreSeveralPages_GivesEachOnceNewestFirst()
    {
        await AddAsync(
            TrainingSheetBuilder.Generating("a", createdAt: Times.Start),
            TrainingSheetBuilder.Generating("d", createdAt: Times.Start.AddMicroseconds(1)),
            TrainingSheetBuilder.Generating("c", createdAt: Times.Start.AddMicroseconds(1)),
            TrainingSheetBuilder.Generating("B", createdAt: Times.Start.AddMicroseconds(1)),
            TrainingSheetBuilder.Generating("e", createdAt: Times.Start.AddDays(-1)),
            TrainingSheetBuilder.Generating("f", createdAt: Times.Start.AddDays(1).ToOffset(TimeSpan.FromHours(9))));

        var ids = new List<string>();
        IReadOnlyList<string>? after = null;
        do
        {
            var page = await Sheets.ListAsync(new PageRequest(2, after), None);
            ids.AddRange(page.Items.Select(sheet => sheet.Id.Value));
            after = page.Next;
        }
        while (after is not null);

        Assert.That(ids, Is.EqualTo(new[] { "f", "B", "c", "d", "a", "e" }));
    }

    [Test]
    public async Task ListGeneratingAsync_Always_GivesThoseThatAreGeneratingOldestFirst()
    {
        await AddAsync(
            TrainingSheetBuilder.Generating("new", createdAt: Times.Start.AddDays(1)),
            TrainingSheetBuilder.Generating("failed").FailedWith(),
            TrainingSheetBuilder.Generating("old", createdAt: Times.Start),
            TrainingSheetBuilder.Generating("done").Completed());

        Assert.That((await Sheets.ListGeneratingAsync(None)).Select(id => id.Value), Is.EqualTo(new[] { "old", "new" }));
    }

    [Test]
    public async Task CommitBatchAsync_Always_StoresThePairsWithTheirTrainingSheet()
    {
        var sheet = TrainingSheetBuilder.Generating();
        await AddAsync(sheet);
        QAPair[] pairs = [PairBuilder.FromModel("a", 0), PairBuilder.FromLabel("b", 1), PairBuilder.Failed("c", 2)];

        await Sheets.CommitBatchAsync(sheet.Having(pairs), pairs, None);

        Assert.That(await PairsAsync(), Is.EqualTo(pairs.Select(Plain.Text)));
        Assert.That(await TextAsync(), Is.EqualTo(Plain.Text(sheet.Having(pairs))));
    }

    [Test]
    public async Task CommitBatchAsync_WhenABatchIsWrittenTwice_IsWrittenOnce()
    {
        var sheet = TrainingSheetBuilder.Generating();
        await AddAsync(sheet);
        QAPair[] pairs = [PairBuilder.FromModel("a", 0), PairBuilder.FromModel("b", 1)];

        await Sheets.CommitBatchAsync(sheet.Having(pairs), pairs, None);
        await Sheets.CommitBatchAsync(sheet.Having(pairs), pairs, None);

        Assert.That(await PairsAsync(), Is.EqualTo(pairs.Select(Plain.Text)));
        Assert.That(await Pairs.TallyAsync(Id, None), Is.EqualTo(new PairTally(0, 2, 0, 0)));
    }

    [Test]
    public async Task CommitBatchAsync_WhenSomePairsAreThere_ReplacesThoseAndAddsTheRest()
    {
        var sheet = TrainingSheetBuilder.Generating();
        await AddAsync(sheet);
        await CommitAsync(sheet, PairBuilder.Failed("b", 1), PairBuilder.FromModel("d", 3));
        await CommitAsync(sheet, PairBuilder.FromModel("f", 5));

        await CommitAsync(sheet, PairBuilder.FromModel("a", 0), PairBuilder.FromModel("b", 1, answer: "second try"), PairBuilder.FromModel("e", 4), PairBuilder.FromModel("z", 9));

        var expected = new[]
        {
            PairBuilder.FromModel("a", 0), PairBuilder.FromModel("b", 1, answer: "second try"), PairBuilder.FromModel("d", 3),
            PairBuilder.FromModel("e", 4), PairBuilder.FromModel("f", 5), PairBuilder.FromModel("z", 9),
        };
        Assert.That(await PairsAsync(), Is.EqualTo(expected.Select(Plain.Text)));
    }

    [Test]
    public async Task CommitBatchAsync_WhenBatchesComeInAnyOrderWithRepeats_StoresEveryPairOnce()
    {
        var sheet = TrainingSheetBuilder.Generating();
        await AddAsync(sheet);
        // The order of code points, not of UTF-16: a store that took one for the other would think an old pair new.
        var pairs = ((string[])["a", "z", "é", "ﬁ", "\uFFFD", "😀", "😀b", "𝔘"]).Select((item, i) => PairBuilder.FromModel(item, i)).ToArray();
        var random = new Random(7);

        for (var i = 0; i < 40; i++) await CommitAsync(sheet, [.. random.GetItems(pairs, 3).DistinctBy(pair => pair.Id)]);
        await CommitAsync(sheet, pairs);

        Assert.That(await PairsAsync(), Is.EqualTo(pairs.Select(Plain.Text)));
    }

    [Test]
    public async Task CommitBatchAsync_WhenTheBatchIsEmpty_StoresTheTrainingSheet()
    {
        var sheet = TrainingSheetBuilder.Generating();
        await AddAsync(sheet);

        await Sheets.CommitBatchAsync(sheet.FailedWith(), [], None);

        Assert.That((await Sheets.FindAsync(Id, None))!.Status, Is.EqualTo(TrainingSheetStatus.Failed));
    }

    [Test]
    public async Task CommitBatchAsync_WhenSomebodyDecidedMeanwhile_StoresNothing()
    {
        var sheet = TrainingSheetBuilder.Generating();
        await AddAsync(sheet);
        await CommitAsync(sheet, PairBuilder.FromModel("a", 0));
        var cancelled = sheet.Having(PairBuilder.FromModel("a", 0)).FailedWith("cancelled");
        await Sheets.SaveAsync(cancelled, None);

        Assert.That(await CommitAsync(sheet, PairBuilder.FromModel("a", 0, answer: "changed"), PairBuilder.FromModel("b", 1)), Is.False);

        Assert.That(await TextAsync(), Is.EqualTo(Plain.Text(cancelled)));
        Assert.That(await PairsAsync(), Is.EqualTo(new[] { Plain.Text(PairBuilder.FromModel("a", 0)) }));
    }

    [Test]
    public async Task CommitBatchAsync_WhenTheTrainingSheetIsGone_StoresNothing()
    {
        Assert.That(await CommitAsync(TrainingSheetBuilder.Generating(), PairBuilder.FromModel("a", 0)), Is.False);

        Assert.That(await Sheets.FindAsync(Id, None), Is.Null);
        Assert.That(await PairsAsync(), Is.Empty);
    }

    [Test]
    public async Task CommitBatchAsync_WhenAPairStandsTwice_StoresNothing()
    {
        var sheet = TrainingSheetBuilder.Generating();
        await AddAsync(sheet);

        Assert.That(() => CommitAsync(sheet, PairBuilder.FromModel("a"), PairBuilder.FromModel("a", answer: "b")), Throws.ArgumentException);
        Assert.That(await PairsAsync(), Is.Empty);
    }

    [Test]
    public async Task CommitBatchAsync_WhenAPairIsOfAnotherTrainingSheet_StoresNothing()
    {
        var sheet = TrainingSheetBuilder.Generating();
        await AddAsync(sheet, TrainingSheetBuilder.Generating("ts-2"));

        Assert.That(() => CommitAsync(sheet, PairBuilder.FromModel("a"), PairBuilder.FromModel("b", trainingSheet: "ts-2")), Throws.ArgumentException);
        Assert.That(await PairsAsync(), Is.Empty);
    }

    [Test]
    public async Task CommitBatchAsync_WhenTwoTrainingSheetsHaveTheSameItems_KeepsThemApart()
    {
        var (first, second) = (TrainingSheetBuilder.Generating(), TrainingSheetBuilder.Generating("ts-2"));
        await AddAsync(first, second);

        await CommitAsync(first, PairBuilder.FromModel("a", answer: "one"));
        await CommitAsync(second, PairBuilder.FromModel("a", trainingSheet: "ts-2", answer: "two"));

        Assert.That(await PairsAsync(), Is.EqualTo(new[] { Plain.Text(PairBuilder.FromModel("a", answer: "one")) }));
    }

    [Test]
    public async Task DeleteAsync_Always_DeletesThatTrainingSheetWithItsPairs()
    {
        var (first, second) = (TrainingSheetBuilder.Generating(), TrainingSheetBuilder.Generating("ts-2"));
        await AddAsync(first, second);
        await CommitAsync(first, PairBuilder.FromModel("a"), PairBuilder.FromModel("b", 1));
        await CommitAsync(second, PairBuilder.FromModel("a", trainingSheet: "ts-2"));

        Assert.That(await Sheets.DeleteAsync(Id, None), Is.True);

        Assert.That(await Sheets.DeleteAsync(Id, None), Is.False);
        Assert.That(await Sheets.FindAsync(Id, None), Is.Null);
        Assert.That((await Pairs.TallyAsync(Id, None)).Total, Is.Zero);
        Assert.That((await Pairs.TallyAsync(second.Id, None)).Total, Is.EqualTo(1));
    }

    [Test]
    public async Task CommitBatchAsync_WhenTheTrainingSheetWasDeletedAndMadeAgain_StoresEveryPair()
    {
        var sheet = TrainingSheetBuilder.Generating();
        QAPair[] pairs = [PairBuilder.FromModel("a", 0), PairBuilder.FromModel("b", 1)];
        await AddAsync(sheet);
        await CommitAsync(sheet, pairs);
        await Sheets.DeleteAsync(Id, None);
        await AddAsync(sheet);

        await CommitAsync(sheet, pairs);

        Assert.That(await PairsAsync(), Is.EqualTo(pairs.Select(Plain.Text)));
    }

    private async Task AddAsync(params IEnumerable<TrainingSheet> sheets)
    {
        foreach (var sheet in sheets) Assert.That(await Sheets.AddAsync(sheet, None), Is.True);
    }

    private Task<bool> CommitAsync(TrainingSheet sheet, params IReadOnlyList<QAPair> pairs) => Sheets.CommitBatchAsync(sheet.Having(pairs), pairs, None);

    private async Task<string> TextAsync() => Plain.Text((await Sheets.FindAsync(Id, None))!);

    private async Task<IEnumerable<string>> PairsAsync() =>
        (await Pairs.ListAsync(Id, new QAPairFilter(), new PageRequest(100), None)).Items.Select(Plain.Text);
}
