using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Domain.UnitTests.Labels;

public sealed class UseNamesTests
{
    [Test]
    public void Of_WhenGivenAnySet_CanBeReadBack() => Assert.Multiple(() =>
    {
        for (var set = Uses.None; set <= Uses.All; set++)
        {
            Assert.That(UseNames.TryParse(UseNames.Of(set), out var uses), Is.True);
            Assert.That(uses, Is.EqualTo(set));
        }
    });

    [Test]
    public void Of_WhenGivenAll_NamesTheFiveInOrder() =>
        Assert.That(UseNames.Of(Uses.All), Is.EqualTo(new[] { "training", "validation", "evaluation", "few_shot", "testing" }));

    [Test]
    public void TryParse_WhenANameIsRepeated_TakesItOnce()
    {
        Assert.That(UseNames.TryParse(["testing", "few_shot", "testing"], out var uses), Is.True);
        Assert.That(uses, Is.EqualTo(Uses.FewShot | Uses.Testing));
    }

    [TestCase("Training")]
    [TestCase("all", Description = "A word of the code, not of the contract.")]
    [TestCase("none")]
    [TestCase("production")]
    [TestCase("")]
    [TestCase(null)]
    public void TryParse_WhenOneIsNoUse_IsFalse(string? name) => Assert.That(UseNames.TryParse(["training", name], out _), Is.False);
}
