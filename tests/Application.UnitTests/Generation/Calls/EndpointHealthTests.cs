using Mirion.Generation.Application.Generation.Calls;

namespace Mirion.Generation.Application.UnitTests.Generation.Calls;

[TestFixture]
public sealed class EndpointHealthTests
{
    private EndpointHealth _health = null!;

    [SetUp]
    public void Start() => _health = new EndpointHealth();

    [Test]
    public void IsDeadSince_WhenEnoughFailuresFollowEachOther_IsTrue()
    {
        Fail(EndpointHealth.FailuresOfTheDead);

        Assert.That(_health.IsDeadSince(0), Is.True);
    }

    [Test]
    public void IsDeadSince_WhenFewFailuresFollowEachOther_IsFalse()
    {
        Fail(EndpointHealth.FailuresOfTheDead - 1);

        Assert.That(_health.IsDeadSince(0), Is.False);
    }

    [Test]
    public void IsDeadSince_WhenSomebodyWasAnsweredSinceTheCallBegan_IsFalse()
    {
        var began = _health.Answers;
        _health.Answered();
        Fail(EndpointHealth.FailuresOfTheDead);

        Assert.That(_health.IsDeadSince(began), Is.False);
        Assert.That(_health.IsDeadSince(_health.Answers), Is.True, "a later call has seen no answer");
    }

    [Test]
    public void IsDeadSince_WhenTheFailuresWereBeforeTheLastAnswer_IsFalse()
    {
        Fail(EndpointHealth.FailuresOfTheDead);
        _health.Answered();
        Fail(1);

        Assert.That(_health.IsDeadSince(_health.Answers), Is.False);
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++) _health.Failed();
    }
}
