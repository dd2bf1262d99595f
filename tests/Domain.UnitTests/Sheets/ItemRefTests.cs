using System.Text;
using CsCheck;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Domain.UnitTests.Sheets;

public sealed class ItemRefTests
{
    private static readonly Gen<ItemRef> Any = Gen.Int[0, 0x10FFFF].Where(Rune.IsValid).Select(codePoint => new Rune(codePoint).ToString())
        .Array[1, 4].Select(runes => new ItemRef(string.Concat(runes)));

    [TestCase("a", "b")]
    [TestCase("B", "a", Description = "No culture's order.")]
    [TestCase("10", "9", Description = "Text, not a number.")]
    [TestCase("a", "ab")]
    [TestCase("a b", "a-b")]
    [TestCase("z", "é")]
    [TestCase("\uFFFD", "\U0001F50C", Description = "In UTF-16 the pair D83D DD0C would come first.")]
    [TestCase("\uE000", "\U00010000")]
    [TestCase("\U00010000", "\U00010001")]
    [TestCase("\U00010000", "\U0010FFFF")]
    [TestCase("\U0001F50C", "\U0001F50Ca")]
    public void CompareTo_WhenCodePointsDiffer_FollowsThem(string first, string second)
    {
        var (left, right) = (new ItemRef(first), new ItemRef(second));

        Assert.Multiple(() =>
        {
            Assert.That(left.CompareTo(right), Is.Negative);
            Assert.That(right.CompareTo(left), Is.Positive);
            Assert.That(left < right && left <= right && right > left && right >= left, Is.True);
            Assert.That(left > right || left >= right || right < left || right <= left, Is.False);
        });
    }

    [Test]
    public void CompareTo_WhenGivenAnyTwo_AgreesWithTheOrderOfUtf8Bytes() => Gen.Select(Any, Any).Sample((left, right) =>
    {
        var bytes = Encoding.UTF8.GetBytes(left.Value).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right.Value));

        Assert.That(Math.Sign(left.CompareTo(right)), Is.EqualTo(Math.Sign(bytes)));
        Assert.That(left == right, Is.EqualTo(bytes == 0));
    });

    [Test]
    public void CompareTo_WhenTheSame_IsZero()
    {
        var (left, right) = (new ItemRef("x"), new ItemRef("x"));

        Assert.That(left.CompareTo(right), Is.Zero);
        Assert.That(left <= right && left >= right, Is.True);
        Assert.That(left < right || left > right, Is.False);
    }

    [Test]
    public void CompareTo_WhenThereIsNoOther_ComesAfter() => Assert.That(new ItemRef("x").CompareTo(null), Is.Positive);

    [Test]
    public void New_WhenEmpty_Throws() => Assert.That(() => new ItemRef(""), Throws.ArgumentException);

    [Test]
    public void New_WhenNull_Throws() => Assert.That(() => new ItemRef(null!), Throws.ArgumentNullException);

    [Test]
    public void ToString_WhenAsked_IsTheName() => Assert.That(new ItemRef(" a/b ").ToString(), Is.EqualTo(" a/b "));
}
