using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Domain.UnitTests.TrainingSheets;

public sealed class RunLeaseTests
{
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(120);
    private static readonly Guid Run = new("0193f0a0-0000-7000-8000-000000000001");
    private static readonly Guid Another = new("0193f0a0-0000-7000-8000-000000000002");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 30, 15, TimeSpan.Zero);

    private static TrainingSheet Taken => TrainingSheetBuilder.Generating().TakenBy(Run, Now).Value;

    [Test]
    public void TakenBy_Always_RaisesTheEpochAndNamesTheRun()
    {
        var again = Taken.TakenBy(Another, Now.AddSeconds(1)).Value;

        Assert.That(TrainingSheetBuilder.Generating().Lease, Is.EqualTo(RunLease.None));
        Assert.That((Taken.Lease, Taken.Lease.IsFirst), Is.EqualTo((new RunLease(1, Run, Now), true)));
        Assert.That((again.Lease, again.Lease.IsFirst), Is.EqualTo((new RunLease(2, Another, Now.AddSeconds(1)), false)));
    }

    [Test]
    public void Awaiting_Always_ShutsTheHolderOutAndNamesNobody() =>
        Assert.That(Taken.Awaiting(Now).Value.Lease, Is.EqualTo(new RunLease(2, null, Now)));

    [Test]
    public void Seen_Always_KeepsEpochAndRun() => Assert.That(Taken.Seen(Now + Term).Value.Lease, Is.EqualTo(new RunLease(1, Run, Now + Term)));

    [Test]
    public void Released_Always_KeepsTheEpochAlone() => Assert.That(Taken.Released().Value.Lease, Is.EqualTo(new RunLease(1)));

    [Test]
    public void CompleteAndFail_Always_GiveItBack()
    {
        Assert.That(Taken.Complete().Value.Lease, Is.EqualTo(new RunLease(1)));
        Assert.That(Taken.Fail(StatusReason.Cancelled).Value.Lease, Is.EqualTo(new RunLease(1)));
    }

    [TestCase(0, true, false)]
    [TestCase(119.999, true, false)]
    [TestCase(120, false, true)]
    [TestCase(1000, false, true)]
    [TestCase(-1000, true, false, Description = "the holder's clock is ahead of ours")]
    public void Lease_SoLongAfterItsHolderWasSeen_IsLiveOrOver(double seconds, bool isLive, bool isOver)
    {
        var now = Now.AddSeconds(seconds);

        Assert.That((Taken.Lease.IsLive(now, Term), Taken.Lease.IsOver(now, Term)), Is.EqualTo((isLive, isOver)));
    }

    [Test]
    public void Lease_ThatNobodyHolds_IsNeverLiveAndOverOnlyWhereSomebodyWasExpected()
    {
        var awaited = Taken.Awaiting(Now).Value.Lease;

        Assert.That((RunLease.None.IsLive(Now, Term), RunLease.None.IsOver(Now.AddYears(1), Term)), Is.EqualTo((false, false)));
        Assert.That((awaited.IsLive(Now, Term), awaited.IsOver(Now, Term), awaited.IsOver(Now + Term, Term)), Is.EqualTo((false, false, true)));
    }

    [Test]
    public void Lease_OfAnyMoment_IsKeptAsStoresKeepIt() =>
        Assert.That(Taken.Seen(Now.AddTicks(12_345_678)).Value.Lease.SeenAt, Is.EqualTo(Now.AddTicks(12_345_670)));

    [Test]
    public void Lease_OfASheetThatIsNotGenerating_IsRefused()
    {
        var done = Taken.Complete().Value;

        foreach (var refused in new[] { done.TakenBy(Another, Now), done.Awaiting(Now), done.Seen(Now), done.Released() })
            Assert.That(refused.Error?.Code, Is.EqualTo("illegal_transition"));
    }

    [Test]
    public void Restore_WhenARunHoldsOneThatIsNotGenerating_IsRefused()
    {
        var state = Taken.Complete().Value.State;

        Assert.That(
            () => TrainingSheet.Restore(state with { Lease = new RunLease(1, Run, Now) }),
            Throws.InstanceOf<FormatException>().With.Message.Contains("only one that is generating has a run at work"));
    }
}
