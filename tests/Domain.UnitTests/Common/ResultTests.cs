using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.UnitTests.Common;

public sealed class ResultTests
{
    private static readonly Error Refusal = new(ErrorKind.Conflict, "illegal_transition", "It cannot.");

    [Test]
    public void Value_WhenThereIsOne_IsIt()
    {
        Result<int> result = 42;

        Assert.Multiple(() =>
        {
            Assert.That(result.IsSuccess, Is.True);
            Assert.That(result.Error, Is.Null);
            Assert.That(result.Value, Is.EqualTo(42));
            Assert.That(result.TryGet(out var value, out var error), Is.True);
            Assert.That((value, error), Is.EqualTo((42, (Error?)null)));
        });
    }

    [Test]
    public void Value_WhenRefused_ThrowsWithTheRefusal()
    {
        Result<string> result = Refusal;

        Assert.Multiple(() =>
        {
            Assert.That(result.IsSuccess, Is.False);
            Assert.That(() => result.Value, Throws.InvalidOperationException.With.Message.Contains("illegal_transition: It cannot."));
            Assert.That(result.TryGet(out var value, out var error), Is.False);
            Assert.That((value, error), Is.EqualTo(((string?)null, Refusal)));
        });
    }

    [Test]
    public void Failed_WhenGivenAnError_CarriesIt() => Assert.That(Result<int>.Failed(Refusal).Error, Is.SameAs(Refusal));

    [Test]
    public void Of_WhenTheValueIsKnownByAnInterface_WrapsIt() =>
        Assert.That(Result<IReadOnlyList<int>>.Of([1, 2]).Value, Is.EqualTo(new[] { 1, 2 }));

    [Test]
    public void Map_WhenThereIsAValue_MakesTheNext() => Assert.That(((Result<int>)42).Map(number => $"{number}!").Value, Is.EqualTo("42!"));

    [Test]
    public void Map_WhenRefused_StaysRefusedAndMakesNothing() =>
        Assert.That(((Result<int>)Refusal).Map<string>(_ => throw new InvalidOperationException("Never called.")).Error, Is.SameAs(Refusal));
}
