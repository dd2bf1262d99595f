using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using NUnit.Framework;

namespace Mirion.Generation.Testing.Contracts;

/// <content>Of two runs that believe a training sheet theirs, one writes.</content>
public abstract partial class TrainingSheetRepositoryContract
{
    private static readonly Guid First = new("11111111-1111-7111-8111-111111111111");
    private static readonly Guid Second = new("22222222-2222-7222-8222-222222222222");

    // Finer than a store keeps.
    private static DateTimeOffset Moment => Times.Start.AddTicks(12_345_678_901);

    [Test]
    public async Task AddAsync_WhenARunTookIt_KeepsWhoseItIs()
    {
        var sheet = TrainingSheetBuilder.Generating().TakenBy(First, Moment).Value;

        await AddAsync(sheet);

        var stored = (await Sheets.FindAsync(Id, None))!;
        Assert.That(stored.Lease, Is.EqualTo(sheet.Lease));
        Assert.That((stored.Lease.Epoch, stored.Lease.Run, Moment - stored.Lease.SeenAt), Is.EqualTo((1, First, TimeSpan.FromTicks(1))));
        Assert.That((await Sheets.ListAsync(new(10), None)).Items.Single().Lease, Is.EqualTo(sheet.Lease));
    }

    [Test]
    public async Task MoveAsync_WhenManyTakeItOverAtOnce_LetsOne()
    {
        var left = TrainingSheetBuilder.Generating().TakenBy(First, Moment).Value;
        await AddAsync(left);
        var takers = Enumerable.Range(0, 20).Select(i => left.TakenBy(new Guid(i, 0, 0, new byte[8]), Moment.AddMinutes(5)).Value).ToList();

        var taken = await Task.WhenAll(takers.Select(taker => Task.Run(() => Sheets.MoveAsync(taker, left, None))));

        Assert.That(taken, Has.Exactly(1).True);
        Assert.That((await Sheets.FindAsync(Id, None))!.Lease, Is.EqualTo(takers[Array.IndexOf(taken, true)].Lease));
    }

    [Test]
    public async Task CommitBatchAsync_WhenAnotherRunTookIt_StoresNothingOfTheFirst()
    {
        var first = TrainingSheetBuilder.Generating().TakenBy(First, Moment).Value;
        await AddAsync(first);
        var second = first.TakenBy(Second, Moment.AddMinutes(5)).Value;
        Assert.That(await Sheets.MoveAsync(second, first, None), Is.True);
        Assert.That(await CommitAsync(second, PairBuilder.FromModel("a", 0)), Is.True);

        Assert.Multiple(async () =>
        {
            Assert.That(await CommitAsync(first, PairBuilder.FromModel("a", 0, answer: "late"), PairBuilder.FromModel("b", 1)), Is.False);
            Assert.That(await Sheets.SaveAsync(first.FailedWith(), None), Is.False);
            Assert.That(await Sheets.RenewAsync(first.Seen(Moment.AddMinutes(6)).Value, None), Is.False);
            Assert.That(await Sheets.MoveAsync(first.FailedWith(), first, None), Is.False);
        });
        Assert.That(await TextAsync(), Is.EqualTo(Plain.Text(second.Having(PairBuilder.FromModel("a", 0)))));
        Assert.That(await PairsAsync(), Is.EqualTo(new[] { Plain.Text(PairBuilder.FromModel("a", 0)) }));
    }

    // As when a job that was cancelled dies slowly, and another is already at work.
    [Test]
    public async Task CommitBatchAsync_WhenItWasCancelledAndResumed_StoresNothingOfTheFirstRun()
    {
        var first = TrainingSheetBuilder.Generating(mode: ExecutionMode.Job).TakenBy(First, Moment).Value;
        await AddAsync(first);
        var cancelled = first.FailedWith("cancelled");
        Assert.That(await Sheets.SaveAsync(cancelled, None), Is.True);
        var awaited = cancelled.Resume(0).Value.Awaiting(Moment).Value;
        Assert.That(await Sheets.MoveAsync(awaited, cancelled, None), Is.True);

        Assert.That(await CommitAsync(first, PairBuilder.FromModel("a", 0)), Is.False);

        Assert.That(await TextAsync(), Is.EqualTo(Plain.Text(awaited)));
        Assert.That(await PairsAsync(), Is.Empty);
    }

    [Test]
    public async Task RenewAsync_WhenItIsStillTheRuns_ChangesNothingButWhenItWasSeen()
    {
        var sheet = TrainingSheetBuilder.Generating(mode: ExecutionMode.Job).TakenBy(First, Moment).Value;
        await AddAsync(sheet, TrainingSheetBuilder.Generating("ts-2").TakenBy(Second, Moment).Value);
        await CommitAsync(sheet, PairBuilder.FromModel("a", 0));
        await Sheets.NoteJobRunAsync(Id, "run-7", None);

        Assert.That(await Sheets.RenewAsync(sheet.Seen(Moment.AddSeconds(40)).Value, None), Is.True);

        var stored = (await Sheets.FindAsync(Id, None))!;
        Assert.That((stored.Tally.Total, stored.State.JobRunId), Is.EqualTo((1L, "run-7")));
        Assert.That(stored.Lease, Is.EqualTo(sheet.Seen(Moment.AddSeconds(40)).Value.Lease));
        Assert.That((await Sheets.FindAsync(new TrainingSheetId("ts-2"), None))!.Lease.Run, Is.EqualTo(Second));
    }

    [Test]
    public async Task MoveAsync_WhenItsRunWasSeenAfterAll_IsRefused()
    {
        var read = TrainingSheetBuilder.Generating().TakenBy(First, Moment).Value;
        await AddAsync(read);
        await Sheets.RenewAsync(read.Seen(Moment.AddMinutes(5)).Value, None);

        Assert.That(await Sheets.MoveAsync(read.TakenBy(Second, Moment.AddMinutes(6)).Value, read, None), Is.False);

        Assert.That((await Sheets.FindAsync(Id, None))!.Lease.Run, Is.EqualTo(First));
    }

    [Test]
    public async Task SaveAsync_WhenTheRunIsDone_GivesTheLeaseBackAndKeepsTheEpoch()
    {
        var sheet = TrainingSheetBuilder.Generating().TakenBy(First, Moment).Value;
        await AddAsync(sheet);

        await Sheets.SaveAsync(sheet.Completed(), None);

        Assert.That((await Sheets.FindAsync(Id, None))!.Lease, Is.EqualTo(new RunLease(1)));
    }
}
