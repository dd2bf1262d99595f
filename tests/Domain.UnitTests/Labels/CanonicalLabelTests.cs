using CsCheck;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Domain.UnitTests.Labels;

public sealed class CanonicalLabelTests
{
    private static readonly Gen<string> Name = Gen.OneOf("a", "b", "ab", "a-b");
    private static readonly Gen<CanonicalLabelKey> Key =
        Gen.Select(Name, Gen.OneOf("a", "b", "a\nb", "b\na", "ab", " a"), Name, (sheet, item, type) => LabelBuilder.Key(item, sheet, type));

    [Test]
    public void Create_WhenNothingIsSaidOfTheVersion_IsTheFirst() => Assert.That(LabelBuilder.Label().Version, Is.EqualTo(1));

    [Test]
    public void Create_WhenMade_HasTheIdOfItsKey()
    {
        var label = LabelBuilder.Label("item-7", version: 3);

        Assert.That(label.Id, Is.EqualTo(LabelBuilder.Key("item-7").ToId()));
        Assert.That((label.Data.Answer, label.LabeledBy, label.LabeledAt, label.Version), Is.EqualTo(("scratch", "dr.lee", Times.Start, 3)));
    }

    [TestCase("")]
    [TestCase(" \t")]
    public void Create_WhenNobodyLabelled_IsRefused(string labeledBy) =>
        Assert.That(Create(labeledBy: labeledBy).Error!.Fields, Contains.Key("labeled_by"));

    [TestCase(0)]
    [TestCase(-1)]
    public void Create_WhenTheVersionDoesNotCountFromOne_IsRefused(int version) =>
        Assert.That(Create(version: version).Error!.Fields, Contains.Key("version"));

    [Test]
    public void ToId_WhenKeysAreEqual_IsEqualAndOtherwiseNot() => Gen.Select(Key, Key).Sample((left, right) =>
        Assert.That(left.ToId() == right.ToId(), Is.EqualTo(left == right)));

    // The id is stored and may be noted elsewhere: it never changes between versions of the product.
    [Test]
    public void ToId_WhenAskedAgainInAnyVersion_IsTheSame() =>
        Assert.That(LabelBuilder.Key("item-1").ToId().Value, Is.EqualTo("7bb7286c-e51b-5074-84c1-f166a9b40eae"));

    private static Domain.Common.Result<CanonicalLabel> Create(string labeledBy = "dr.lee", int version = 1) => CanonicalLabel.Create(
        LabelBuilder.Key(), LabelData.Parse("1"), Confidence.High, UsagePolicy.Unrestricted, labeledBy, Times.Start, version: version);
}
