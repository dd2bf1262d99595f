using Microsoft.Extensions.Time.Testing;
using Mirion.Generation.Application.Generation.Calls.Gate;

namespace Mirion.Generation.Application.UnitTests.Generation.Calls;

/// <summary>What holds of a gate however it decides on its limit; here it is one attempt at a time, which leaves nothing to decide.</summary>
[TestFixture]
public sealed class EndpointGateTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly EndpointGate _gate = new(mostInFlight: 1, new FakeTimeProvider());

    [OneTimeTearDown]
    public void DisposeGate() => _gate.Dispose();

    [SetUp]
    public void IsEmpty() => Assert.That(_gate.InFlight, Is.Zero);

    [Test]
    public async Task EnterAsync_WhenManyWait_LetsThoseInFirstThatWereTriedBefore()
    {
        var order = new List<string>();
        var pass = await _gate.EnterAsync(again: false, None);
        var waiting = new[] { ("new 1", false), ("again 1", true), ("new 2", false), ("again 2", true) }.Select(async waiter =>
        {
            using var own = await _gate.EnterAsync(waiter.Item2, None);
            order.Add(waiter.Item1);
        }).ToList();

        pass.Answered();
        await Task.WhenAll(waiting);

        Assert.That(order, Is.EqualTo(new[] { "again 1", "again 2", "new 1", "new 2" }));
    }

    [Test]
    public async Task Pass_WhenGivenBackMoreThanOnce_CountsOnce()
    {
        var first = await _gate.EnterAsync(again: false, None);
        first.Answered();
        first.Dispose();
        first.Failed();

        using var second = await _gate.EnterAsync(again: false, None);
        var third = _gate.EnterAsync(again: false, None);

        Assert.That((_gate.InFlight, third.IsCompleted), Is.EqualTo((1, false)), "there is room for one");
        second.Dispose();
        (await third).Dispose();
    }

    [Test]
    public async Task EnterAsync_WhenAWaiterGivesUp_LetsTheNextOneIn()
    {
        using var leaving = new CancellationTokenSource();
        var pass = await _gate.EnterAsync(again: false, None);
        var gone = _gate.EnterAsync(again: true, leaving.Token).AsTask();
        var next = _gate.EnterAsync(again: false, None).AsTask();

        await leaving.CancelAsync();
        Assert.That(async () => await gone, Throws.InstanceOf<OperationCanceledException>());
        pass.Answered();

        (await next.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
        Assert.That(_gate.InFlight, Is.Zero);
    }

    [Test]
    public void EnterAsync_WhenTheCallerHasLeft_GivesNoPass() =>
        Assert.That(async () => await _gate.EnterAsync(again: false, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
}
