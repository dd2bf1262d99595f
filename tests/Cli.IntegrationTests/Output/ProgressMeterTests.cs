using Microsoft.Extensions.Time.Testing;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Cli.Output;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Cli.IntegrationTests.Output;

public sealed class ProgressMeterTests
{
    private readonly FakeTimeProvider _clock = new();

    [Test]
    public void Pace_BeforeTheFirstWord_SaysWhatIsBeingDone()
    {
        var meter = new ProgressMeter(_clock);
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.That((meter.Pace(), meter.Counts(), meter.Share), Is.EqualTo(("checking the sheet · 0:00:03", "", (double?)null)));
    }

    [Test]
    public void Pace_WhileItRuns_TellsCountsRateElapsedAndTimeLeft()
    {
        var meter = new ProgressMeter(_clock);
        meter.Take(Progress(0, 0, 0));
        _clock.Advance(TimeSpan.FromSeconds(10));
        meter.Take(Progress(300, 690, 10));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(meter.Pace(), Is.EqualTo("1,000/5,000 · 100/s · 0:00:10 · 0:00:40 left"));
            Assert.That(meter.Counts(), Is.EqualTo("300 labeled, 690 unlabeled, 10 flagged"));
            Assert.That(meter.Share, Is.EqualTo(0.2));
        }
    }

    [Test]
    public void Pace_WhenAnEarlierRunLeftPairs_DoesNotCountThemAsSpeed()
    {
        var meter = new ProgressMeter(_clock);
        _clock.Advance(TimeSpan.FromSeconds(30));
        meter.Take(Progress(4_000, 0, 0));
        _clock.Advance(TimeSpan.FromSeconds(10));
        meter.Take(Progress(4_500, 0, 0));

        Assert.That(meter.Pace(), Is.EqualTo("4,500/5,000 · 50/s · 0:00:10 · 0:00:10 left"));
    }

    [Test]
    public void Pace_WhenAllIsDone_TellsNoTimeLeft()
    {
        var meter = new ProgressMeter(_clock);
        meter.Take(Progress(0, 0, 0));
        _clock.Advance(TimeSpan.FromHours(2));
        meter.Take(Progress(5_000, 0, 0));

        Assert.That(meter.Pace(), Is.EqualTo("5,000/5,000 · 0.7/s · 2:00:00"));
    }

    private static GenerationProgress Progress(long labeled, long unlabeled, long flagged) =>
        new(new TrainingSheetId("ts-1"), 5_000, new PairTally(labeled, unlabeled, 0, flagged), new GenerationStatistics { TotalItems = 5_000 });
}
