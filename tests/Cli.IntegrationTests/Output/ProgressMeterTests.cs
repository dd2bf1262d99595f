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
        meter.Take(Progress(300, 690, 10) with { PerSecond = 100, Remaining = TimeSpan.FromSeconds(40) });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(meter.Pace(), Is.EqualTo("1,000/5,000 · 100/s · 0:00:10 · 0:00:40 left"));
            Assert.That(meter.Counts(), Is.EqualTo("300 labeled, 690 unlabeled, 10 flagged"));
            Assert.That(meter.Share, Is.EqualTo(0.2));
        }
    }

    [Test]
    public void Pace_WhileABatchFills_CountsWhatWaitsInIt()
    {
        var meter = new ProgressMeter(_clock);
        meter.Take(Progress(300, 0, 0) with { Waiting = 200 });

        Assert.That((meter.Pace(), meter.Counts(), meter.Share), Is.EqualTo(("500/5,000 · 0:00:00", "300 labeled, 0 unlabeled, 0 flagged", 0.1)));
    }

    [Test]
    public void Pace_WhenItemsAreTriedAgain_NeverCountsMoreThanThereAre()
    {
        var meter = new ProgressMeter(_clock);
        meter.Take(Progress(4_990, 0, 10) with { Waiting = 5 });

        Assert.That((meter.Pace(), meter.Share), Is.EqualTo(("5,000/5,000 · 0:00:00", 1d)));
    }

    [Test]
    public void Pace_BeforeARateIsKnown_TellsNone()
    {
        var meter = new ProgressMeter(_clock);
        _clock.Advance(TimeSpan.FromSeconds(30));
        meter.Take(Progress(4_000, 0, 0));
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.That(meter.Pace(), Is.EqualTo("4,000/5,000 · 0:00:02"), "the check before it began is no time of the run");
    }

    [Test]
    public void Pace_WhenAllIsDone_TellsNoTimeLeft()
    {
        var meter = new ProgressMeter(_clock);
        meter.Take(Progress(0, 0, 0));
        _clock.Advance(TimeSpan.FromHours(2));
        meter.Take(Progress(5_000, 0, 0) with { PerSecond = 0.69 });

        Assert.That(meter.Pace(), Is.EqualTo("5,000/5,000 · 0.7/s · 2:00:00"));
    }

    [TestCase(0, 64, 0, 0, "")]
    [TestCase(3, 64, 0, 0, "3 of 64 calls in flight")]
    [TestCase(0, 8, 12, 60, "60 tokens")]
    [TestCase(64, 64, 900, 9_999, "64 of 64 calls in flight, 9,999 tokens")]
    [TestCase(64, 64, 900, 84_311, "64 of 64 calls in flight, 84k tokens")]
    [TestCase(64, 64, 900, 1_234_567_890, "64 of 64 calls in flight, 1,234.6M tokens")]
    public void Calls_WhileAModelIsAsked_TellWhatIsInFlightAndWhatItTook(int inFlight, int limit, long calls, long tokens, string said)
    {
        var meter = new ProgressMeter(_clock);
        var progress = Progress(0, 0, 0);
        meter.Take(progress with { InFlight = inFlight, Limit = limit, Statistics = progress.Statistics with { ModelCalls = calls, PromptTokens = tokens } });

        Assert.That(meter.Calls(), Is.EqualTo(said));
    }

    private static GenerationProgress Progress(long labeled, long unlabeled, long flagged) =>
        new(new TrainingSheetId("ts-1"), 5_000, new PairTally(labeled, unlabeled, 0, flagged), new GenerationStatistics { TotalItems = 5_000 });
}
