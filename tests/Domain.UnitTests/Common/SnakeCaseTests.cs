using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Domain.UnitTests.Common;

public sealed class SnakeCaseTests
{
    [TestCase(LabelingMode.AiGenerated, "ai_generated")]
    [TestCase(LabelingMode.Canonical, "canonical")]
    [TestCase(LabelingMode.Manual, "manual")]
    [TestCase(LabelingMode.ExistingColumn, "existing_column")]
    public void Of_WhenAMember_IsItsNameInTheContract(LabelingMode mode, string name) => Assert.Multiple(() =>
    {
        Assert.That(SnakeCase<LabelingMode>.Of(mode), Is.EqualTo(name));
        Assert.That(SnakeCase<LabelingMode>.Parse(name), Is.EqualTo(mode));
    });

    [TestCase("AiGenerated")]
    [TestCase("AI_GENERATED")]
    [TestCase("0")]
    [TestCase("")]
    [TestCase(" manual")]
    [TestCase(null)]
    public void TryParse_WhenNotSpelledExactly_IsFalse(string? name) => Assert.That(SnakeCase<LabelingMode>.TryParse(name, out _), Is.False);

    [Test]
    public void Parse_WhenNoMember_SaysWhichThereAre() =>
        Assert.That(() => SnakeCase<LabelingMode>.Parse("automatic"), Throws.TypeOf<FormatException>().With.Message.EqualTo("'automatic' is none of ai_generated, canonical, manual, existing_column."));

    [Test]
    public void Choices_WhenListed_FollowTheEnumeration() =>
        Assert.That(SnakeCase<TrainingSheetStatus>.Choices, Is.EqualTo("generating, review, approved, trained, failed"));
}
