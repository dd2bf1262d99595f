namespace Mirion.Generation.Application.UnitTests.Generation.Calls.Gate;

/// <summary>How well the gate finds what endpoints allow, which none of them says. In virtual time: the figures do not move with the machine.</summary>
internal sealed class GateWorldTests
{
    private const int Phases = 10;

    [TestCase(Quota.FixedWindow, RetryAfter.Never, 1.02, 1.1)]
    [TestCase(Quota.FixedWindow, RetryAfter.Exact, 1.04, 0.5)]
    // A whole second is longer than what is left of the window: where the first window is entered late, finding the limit takes two pauses more.
    [TestCase(Quota.FixedWindow, RetryAfter.WholeSeconds, 1.08, 0.5)]
    [TestCase(Quota.SlidingWindow, RetryAfter.Never, 1.02, 0.6)]
    [TestCase(Quota.SlidingWindow, RetryAfter.Exact, 1.02, 0.3)]
    [TestCase(Quota.SlidingWindow, RetryAfter.WholeSeconds, 1.05, 0.3)]
    [TestCase(Quota.Bucket, RetryAfter.Never, 1.0, 0.9)]
    [TestCase(Quota.Bucket, RetryAfter.Exact, 1.03, 0.5)]
    [TestCase(Quota.Bucket, RetryAfter.WholeSeconds, 1.02, 0.3)]
    public void Enter_WhenFiftyASecondAreAllowed_TakesHardlyLongerAndHardlyAnyIsSentAway(Quota quota, RetryAfter retryAfter, double mostTime, double mostSentAway)
    {
        const int Calls = 3000;
        var trials = Trials(phase => new EndpointWorld { Quota = quota, RetryAfter = retryAfter, Phase = phase }, Calls);
        AssertThat(trials, Calls, optimum: Calls / 50.0, mostTime, mostSentAway);
    }

    [Test]
    public void Enter_WhenFiveHundredASecondAreAllowed_FindsThat() =>
        AssertThat(Trials(phase => new EndpointWorld { Quota = Quota.SlidingWindow, PerSecond = 500, Phase = phase }, 20_000), 20_000, optimum: 40, mostTime: 1.02, mostSentAway: 0.4);

    [Test]
    public void Enter_WhenTheQuotaIsByTheMinute_UsesItUpAndWaitsForTheNext()
    {
        // Two minutes' turns to wait for; probing for the turn overshoots by at most a quarter of the wait.
        var trials = Trials(_ => new EndpointWorld { Quota = Quota.FixedWindow, PerSecond = 50, WindowSeconds = 60 }, 9000);
        AssertThat(trials, 9000, optimum: 120, mostTime: 1.3, mostSentAway: 0.5);
    }

    [Test]
    public void Enter_WhenTheEndpointWorksOnSoManyAtOnce_ReachesThatNumberWithinAFewRounds() =>
        AssertThat(Trials(_ => new EndpointWorld { Capacity = 64 }, 5000), 5000, optimum: 5000 * 0.1 / 64, mostTime: 1.02, mostSentAway: 0);

    [Test]
    public void Enter_WhenMoreAtOnceOnlyWaitForEachOther_ShrinksAgain()
    {
        var trial = GateTrial.Run(new EndpointWorld { Capacity = 64 }, 20_000, mostInFlight: 256);
        Assert.Multiple(() =>
        {
            Assert.That(trial.LastLimit, Is.InRange(64, 160));
            Assert.That(trial.Seconds, Is.LessThan(1.02 * 20_000 * 0.1 / 64));
        });
    }

    [Test]
    public void Enter_WhenAnswersDifferInLength_IsNotMistakenForLoad()
    {
        var trial = GateTrial.Run(new EndpointWorld { LatencySpread = 0.8 }, 20_000);
        Assert.That(trial.LastLimit, Is.GreaterThan(55));
    }

    [TestCase(RetryAfter.Never, 1.02, 0.5)]
    [TestCase(RetryAfter.WholeSeconds, 1.16, 0.1)]
    public void Enter_WhenMoreThanSoManyAtOnceAreSentAway_StaysJustBelow(RetryAfter retryAfter, double mostTime, double mostSentAway) =>
        AssertThat(Trials(_ => new EndpointWorld { MostAtOnce = 32, RetryAfter = retryAfter }, 5000), 5000, optimum: 5000 * 0.1 / 32, mostTime, mostSentAway);

    [Test]
    public void Enter_WhenTheLimitIsHalved_Follows() => AssertThat(
        Trials(_ => new EndpointWorld { Quota = Quota.SlidingWindow, PerSecond = 100, Change = (10, 25) }, 2000), 2000, optimum: 50, mostTime: 1.06, mostSentAway: 1.5);

    [Test]
    public void Enter_WhenTheLimitIsDoubled_Finds() => AssertThat(
        Trials(_ => new EndpointWorld { Quota = Quota.SlidingWindow, Change = (20, 100) }, 10_000), 10_000, optimum: 110, mostTime: 1.1, mostSentAway: 0.5);

    // Slowing down does not help against chance. The figure is the worst of ten; the mean is a quarter of it.
    [TestCase(0.01, 2.5)]
    [TestCase(0.1, 20)]
    public void Enter_WhenCallsAreSentAwayByChance_GoesOn(double chance, double mostTime) =>
        AssertThat(Trials(_ => new EndpointWorld { Capacity = 64, Chance = chance }, 5000), 5000, optimum: 5000 * 0.1 / 64, mostTime, mostSentAway: 100 * 1.3 * chance);

    // Each pause that is asked for is kept by all, and is a second; the optimum is the pauses alone.
    [TestCase(0, 0.025, 0.01, 1.2)]
    [TestCase(0, 0.025, 0.1, 1.8)]
    [TestCase(0.04, 0.025, 0.01, 5)]
    [TestCase(0, 0.01, 0.1, 2.7)]
    public void Enter_WhenPausesAreAskedForByChance_DoesNotSlowDownForThem(double chance, double chanceOfPause, double latency, double mostTime)
    {
        const int Calls = 2500;
        var trials = Trials(_ => new EndpointWorld { Chance = chance, ChanceOfPause = chanceOfPause, LatencySeconds = latency }, Calls);
        AssertThat(trials, Calls, optimum: Calls * chanceOfPause, mostTime, mostSentAway: 150 * (chance + chanceOfPause));
    }

    [Test]
    public void Enter_Whatever_KeepsToTheCeiling([Values(1, 2, 7, 64)] int most, [Values] RetryAfter retryAfter)
    {
        var trial = GateTrial.Run(new EndpointWorld { Quota = Quota.SlidingWindow, RetryAfter = retryAfter }, 300, most);
        Assert.That(trial.MostInFlight, Is.LessThanOrEqualTo(most));
    }

    private static GateTrial[] Trials(Func<double, EndpointWorld> world, int calls) =>
        [.. Enumerable.Range(0, Phases).Select(i => GateTrial.Run(world((double)i / Phases), calls, seed: i))];

    private static void AssertThat(GateTrial[] trials, int calls, double optimum, double mostTime, double mostSentAway) => Assert.Multiple(() =>
    {
        Assert.That(trials.Max(trial => trial.Seconds) / optimum, Is.LessThanOrEqualTo(mostTime), "time over the optimum");
        Assert.That(100.0 * trials.Max(trial => trial.SentAway) / calls, Is.LessThanOrEqualTo(mostSentAway), "percent sent away");
    });
}
