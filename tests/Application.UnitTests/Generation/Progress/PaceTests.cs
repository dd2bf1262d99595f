using Microsoft.Extensions.Time.Testing;
using Mirion.Generation.Application.Generation.Progress;

namespace Mirion.Generation.Application.UnitTests.Generation.Progress;

public sealed class PaceTests
{
    private readonly FakeTimeProvider _clock = new();

    [Test]
    public void PerSecond_BeforeThereIsNews_IsNotKnown()
    {
        var pace = new Pace(_clock);
        pace.Take(40);
        After(3, pace, 40);

        Assert.That((pace.PerSecond(), pace.Remaining(60)), Is.EqualTo(((double?)null, (TimeSpan?)null)));
    }

    [Test]
    public void PerSecond_WhenAnEarlierRunLeftPairs_CountsThisOnesAlone()
    {
        var pace = new Pace(_clock);
        pace.Take(4_000);
        After(10, pace, 4_500);

        Assert.That((pace.PerSecond(), pace.Remaining(500)), Is.EqualTo((50d, TimeSpan.FromSeconds(10))));
    }

    [TestCase(0.2)]
    [TestCase(2)]
    [TestCase(30)]
    public void PerSecond_WhenBatchesComeEvenly_IsTheirRateWhateverTheirSizeAndHoweverOftenOneLooks(double interval)
    {
        var pace = new Pace(_clock);
        pace.Take(0);
        for (var batch = 1; batch <= 20; batch++)
        {
            After(interval / 2, pace, (long)(100 * (batch - 1) * interval));
            After(interval / 2, pace, (long)(100 * batch * interval));

            Assert.That(pace.PerSecond(), Is.EqualTo(100).Within(1e-9));
        }
    }

    [Test]
    public void PerSecond_WhenTheSpeedChanges_FollowsWithinAMinute()
    {
        var pace = new Pace(_clock);
        pace.Take(0);
        var done = 0L;
        for (var second = 0; second < 60; second++) After(1, pace, done += 100);
        for (var second = 0; second < 15; second++) After(1, pace, done += 10);
        var soon = pace.PerSecond();
        for (var second = 0; second < 45; second++) After(1, pace, done += 10);

        Assert.That(soon, Is.InRange(30, 60));
        Assert.That(pace.PerSecond(), Is.InRange(10, 13));
    }

    [Test]
    public void PerSecond_WhenNewsStayAway_Falls()
    {
        var pace = new Pace(_clock);
        pace.Take(0);
        After(2, pace, 200);
        _clock.Advance(TimeSpan.FromSeconds(4));
        var patient = pace.PerSecond();
        _clock.Advance(TimeSpan.FromSeconds(60));

        Assert.That(patient, Is.EqualTo(100));
        Assert.That(pace.PerSecond(), Is.LessThan(1));
    }

    [Test]
    public void PerSecond_WhenACountIsCorrectedDownwards_IsNeverNegative()
    {
        var pace = new Pace(_clock);
        pace.Take(100);
        After(1, pace, 20);

        Assert.That((pace.PerSecond(), pace.Remaining(80)), Is.EqualTo((0d, (TimeSpan?)null)));
    }

    [Test]
    public void Remaining_WhenNothingIsLeft_IsNoTimeAtAll()
    {
        var pace = new Pace(_clock);
        pace.Take(0);
        After(1, pace, 100);

        Assert.That(pace.Remaining(0), Is.Null);
    }

    private void After(double seconds, Pace pace, long done)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        pace.Take(done);
    }
}
