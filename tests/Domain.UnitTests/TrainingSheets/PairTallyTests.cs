using CsCheck;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Domain.UnitTests.TrainingSheets;

public sealed class PairTallyTests
{
    private static readonly Gen<QAPairStatus[]> Statuses = Gen.Enum<QAPairStatus>().Array[0, 20];

    [Test]
    public void Of_WhenGivenStatuses_CountsEach() => Statuses.Sample(statuses =>
    {
        var tally = PairTally.Of(statuses);

        Assert.That(tally.Labeled, Is.EqualTo(statuses.Count(status => status is QAPairStatus.Labeled)));
        Assert.That(tally.Unlabeled, Is.EqualTo(statuses.Count(status => status is QAPairStatus.Unlabeled)));
        Assert.That(tally.Rejected, Is.EqualTo(statuses.Count(status => status is QAPairStatus.Rejected)));
        Assert.That(tally.Flagged, Is.EqualTo(statuses.Count(status => status is QAPairStatus.Flagged)));
        Assert.That(tally.Total, Is.EqualTo(statuses.Length));
        Assert.That(tally.HasOpen, Is.EqualTo(statuses.Any(status => status is QAPairStatus.Unlabeled or QAPairStatus.Flagged)));
    });

    [Test]
    public void AddAndSubtract_WhenGivenTallies_CountThePairsOfBoth() => Gen.Select(Statuses, Statuses).Sample((left, right) =>
    {
        var both = PairTally.Of(left) + PairTally.Of(right);

        Assert.That(both, Is.EqualTo(PairTally.Of([.. left, .. right])));
        Assert.That(both - PairTally.Of(right), Is.EqualTo(PairTally.Of(left)));
    });

    [Test]
    public void Subtract_WhenThereAreNotSoMany_Throws() =>
        Assert.That(() => PairTally.Of([QAPairStatus.Labeled]) - PairTally.Of([QAPairStatus.Flagged]), Throws.TypeOf<ArgumentOutOfRangeException>());

    [TestCase(-1, 0, 0, 0)]
    [TestCase(0, -1, 0, 0)]
    [TestCase(0, 0, -1, 0)]
    [TestCase(0, 0, 0, -1)]
    public void New_WhenACountIsNegative_Throws(long labeled, long unlabeled, long rejected, long flagged) =>
        Assert.That(() => new PairTally(labeled, unlabeled, rejected, flagged), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Empty_WhenAsked_HasNoPair() => Assert.That((PairTally.Empty.Total, PairTally.Empty.HasOpen), Is.EqualTo((0L, false)));
}
