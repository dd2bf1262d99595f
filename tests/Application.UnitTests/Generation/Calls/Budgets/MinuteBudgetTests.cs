using Microsoft.Extensions.Time.Testing;
using Mirion.Generation.Application.Generation.Calls.Budgets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Application.UnitTests.Generation.Calls.Budgets;

[TestFixture]
public sealed class MinuteBudgetTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private FakeTimeProvider _clock = null!;

    [SetUp]
    public void Start() => _clock = new FakeTimeProvider(Times.Start);

    // Small budgets, where one call is much of a minute, and large ones; calls alike and unlike.
    [TestCase(1, 1, 1)]
    [TestCase(7, 1, 1)]
    [TestCase(500, 1, 1)]
    [TestCase(60_000, 1, 1)]
    [TestCase(10_000, 3000, 4100)]
    [TestCase(100_000, 1, 9_000)]
    public void WaitFor_WhenSpentAsSoonAsThereIsRoom_OverrunsNoMinuteAndWastesLittle(int perMinute, int least, int most)
    {
        const int Minutes = 20;
        var budget = new MinuteBudget(perMinute, _clock);
        var chance = new Random(perMinute);
        var spent = new List<(DateTimeOffset At, long Amount)>();

        while (_clock.GetUtcNow() - Times.Start < Minutes * Minute)
        {
            var amount = chance.Next(least, most + 1);
            for (var wait = budget.WaitFor(amount); wait > TimeSpan.Zero; wait = budget.WaitFor(amount))
            {
                // Timers are late, now and then by much.
                _clock.Advance(wait + TimeSpan.FromMilliseconds(chance.Next(20) == 0 ? chance.Next(900) : chance.Next(15)));
            }

            budget.Spend(amount);
            spent.Add((_clock.GetUtcNow(), amount));
        }

        Assert.That(MostInAMinute(spent), Is.LessThanOrEqualTo(perMinute));
        // What does not fit any more when calls are large is lost to whoever keeps to the limit.
        Assert.That(spent.Sum(call => call.Amount), Is.GreaterThan((0.98 * perMinute - most + 1) * Minutes));
    }

    [Test]
    public void WaitFor_WhenNothingWasSpentForLong_SpreadsTheMinuteAllTheSame()
    {
        var budget = new MinuteBudget(600, _clock);
        _clock.Advance(Minute);

        var burst = 0;
        for (; budget.WaitFor(1) <= TimeSpan.Zero; burst++) budget.Spend(1);

        Assert.That(burst, Is.EqualTo(11), "a second's worth, and the one that is due");
    }

    [Test]
    public void Correct_WhenLessWasSpent_GivesItBack()
    {
        var budget = new MinuteBudget(1000, _clock);
        var booked = budget.Spend(1000);
        Assert.That(budget.WaitFor(1), Is.GreaterThan(TimeSpan.FromSeconds(58)));

        budget.Correct(booked, -990);

        Assert.That(budget.WaitFor(900), Is.LessThanOrEqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Correct_WhenMoreWasSpent_MakesOthersWait()
    {
        var budget = new MinuteBudget(1000, _clock);
        var booked = budget.Spend(10);
        Assert.That(budget.WaitFor(10), Is.LessThanOrEqualTo(TimeSpan.Zero));

        budget.Correct(booked, 500);

        Assert.That(budget.WaitFor(10).TotalSeconds, Is.InRange(29, 30.6));
    }

    [Test]
    public void Correct_WhenTheCallIsOlderThanAMinute_GivesNothingBackOfThisOne()
    {
        var budget = new MinuteBudget(100, _clock);
        var booked = budget.Spend(100);
        _clock.Advance(2 * Minute);
        budget.Spend(100);

        budget.Correct(booked, -100);
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.That(budget.WaitFor(10), Is.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public void WaitFor_WhenMoreThanAMinutesBudgetIsAsked_LetsItThroughAfterAMinuteOfItsOwn()
    {
        var budget = new MinuteBudget(100, _clock);
        budget.Spend(1);
        Assert.That(budget.WaitFor(5000), Is.InRange(Minute, Minute + TimeSpan.FromSeconds(0.25)));

        _clock.Advance(budget.WaitFor(5000));

        Assert.That(budget.WaitFor(5000), Is.LessThanOrEqualTo(TimeSpan.Zero));
    }

    private static long MostInAMinute(List<(DateTimeOffset At, long Amount)> spent)
    {
        var (most, sum, first) = (0L, 0L, 0);
        foreach (var (at, amount) in spent)
        {
            sum += amount;
            while (at - spent[first].At >= Minute) sum -= spent[first++].Amount;
            most = Math.Max(most, sum);
        }

        return most;
    }
}
