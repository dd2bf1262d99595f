using CsCheck;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Domain.UnitTests.Labels;

public sealed class UsagePolicyTests
{
    private static readonly Gen<Uses> AnyUses = Gen.Int[0, (int)Uses.All].Select(set => (Uses)set);

    [TestCase(Uses.Training, Uses.None, ExpectedResult = true)]
    [TestCase(Uses.All, Uses.Testing, ExpectedResult = true)]
    [TestCase(Uses.None, Uses.None, ExpectedResult = false)]
    [TestCase(Uses.Validation, Uses.None, ExpectedResult = false)]
    [TestCase(Uses.None, Uses.Training, ExpectedResult = false)]
    [TestCase(Uses.Training, Uses.Training, ExpectedResult = false, Description = "Prohibited wins.")]
    [TestCase(Uses.All, Uses.All, ExpectedResult = false)]
    public bool Permits_WhenAskedForTraining_IsAllowedAndNotProhibited(Uses allowed, Uses prohibited) =>
        new UsagePolicy(allowed, prohibited).Permits(Uses.Training);

    [Test]
    public void Permits_WhenAskedForSeveralUses_NeedsEachOfThem()
    {
        var policy = new UsagePolicy(Uses.Training | Uses.Validation, Uses.None);

        Assert.That(policy.Permits(Uses.Training | Uses.Validation), Is.True);
        Assert.That(policy.Permits(Uses.Training | Uses.Testing), Is.False);
    }

    [Test]
    public void Permits_WhenAskedForNoUse_IsFalse() => Assert.That(UsagePolicy.Unrestricted.Permits(Uses.None), Is.False);

    [Test]
    public void Unrestricted_WhenAskedForAnyUse_PermitsIt() =>
        Assert.That(Enum.GetValues<Uses>().Where(use => use != Uses.None), Has.All.Matches<Uses>(UsagePolicy.Unrestricted.Permits));

    [Test]
    public void Permits_WhenAnythingMoreIsProhibited_NeverPermitsMore() => Gen.Select(AnyUses, AnyUses, AnyUses, AnyUses).Sample((allowed, prohibited, more, use) =>
    {
        var before = new UsagePolicy(allowed, prohibited).Permits(use);
        var after = new UsagePolicy(allowed, prohibited | more).Permits(use);

        Assert.That(after && !before, Is.False);
        Assert.That(after && (more & use) != Uses.None, Is.False);
    });
}
