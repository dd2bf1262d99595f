using Mirion.Generation.Application.Generation.Progress;

namespace Mirion.Generation.Application.UnitTests.Generation.Progress;

public sealed class LatestValueTests
{
    private LatestValue<string> _value = null!;

    [SetUp]
    public void Create() => _value = new();

    [Test]
    public async Task Follow_WhenItHasEnded_GivesTheLastValueAndEnds()
    {
        _value.Set("one");
        _value.Set("two");
        _value.End();
        _value.Set("three");

        Assert.That(await _value.FollowAsync(CancellationToken.None).ToListAsync(), Is.EqualTo(["two"]));
    }

    [Test]
    public async Task Follow_WhenThereIsNoValueYet_WaitsForIt()
    {
        await using var follower = _value.FollowAsync(CancellationToken.None).GetAsyncEnumerator();
        var next = follower.MoveNextAsync();
        Assert.That(next.IsCompleted, Is.False);

        _value.Set("one");

        Assert.That((await next, follower.Current), Is.EqualTo((true, "one")));
    }

    [Test]
    public async Task Follow_WhenSlow_PassesOverValuesAndEndsWithTheNewest()
    {
        await using var follower = _value.FollowAsync(CancellationToken.None).GetAsyncEnumerator();
        _value.Set("one");
        await follower.MoveNextAsync();
        for (var i = 0; i < 1000; i++) _value.Set($"{i}");
        _value.End();

        var rest = new List<string>();
        while (await follower.MoveNextAsync()) rest.Add(follower.Current);

        Assert.That(rest, Is.EqualTo(["999"]));
    }

    [Test]
    public async Task Follow_WhenManyDo_GivesEachTheNewestInOrder()
    {
        var followers = Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await _value.FollowAsync(CancellationToken.None).Select(int.Parse).ToListAsync())).ToArray();

        await Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++) _value.Set($"{i}");
            _value.End();
        });

        foreach (var seen in await Task.WhenAll(followers)) Assert.That(seen, Is.Ordered.Ascending.And.Unique.And.Some.EqualTo(4_999));
    }

    [Test]
    public void Follow_WhenTheFollowerLeaves_IsCancelled()
    {
        using var left = new CancellationTokenSource();
        var waiting = _value.FollowAsync(left.Token).ToListAsync(left.Token).AsTask();

        left.Cancel();

        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
    }
}
