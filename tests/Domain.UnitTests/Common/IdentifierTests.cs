using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Domain.UnitTests.Common;

public sealed class IdentifierTests
{
    private static readonly string[] Refused =
        ["", " ", ".hidden", "-flag", "_x", "a/b", @"a\b", "a b", "a\n", "\na", "é", "a'b", "a:b", "../etc", new('a', 129)];

    [TestCase("a")]
    [TestCase("0")]
    [TestCase("pcb-inspections")]
    [TestCase("Sheet_1.v2-final")]
    public void IsValid_WhenItCanStandInAPath_IsTrue(string text) => Assert.That(Identifier.IsValid(text), Is.True);

    [Test]
    public void IsValid_WhenLongest_IsTrue() => Assert.That(Identifier.IsValid(new string('a', 128)), Is.True);

    [TestCaseSource(nameof(Refused))]
    public void IsValid_WhenItCouldNotStandInAPath_IsFalse(string text) => Assert.That(Identifier.IsValid(text), Is.False);

    [Test]
    public void IsValid_WhenNull_IsFalse() => Assert.That(Identifier.IsValid(null), Is.False);

    [TestCaseSource(nameof(Refused))]
    public void EveryId_WhenOfTheWrongShape_IsRefused(string text) => Assert.Multiple(() =>
    {
        Assert.That(() => new SheetId(text), Throws.ArgumentException.With.Message.Contains("sheet id"));
        Assert.That(() => new TemplateId(text), Throws.ArgumentException.With.Message.Contains("template id"));
        Assert.That(() => new TrainingSheetId(text), Throws.ArgumentException.With.Message.Contains("training sheet id"));
        Assert.That(() => new CanonicalLabelId(text), Throws.ArgumentException.With.Message.Contains("canonical label id"));
        Assert.That(() => new LabelType(text), Throws.ArgumentException.With.Message.Contains("label type"));
    });

    [Test]
    public void EveryId_WhenPutIntoText_IsItsValue() =>
        Assert.That($"{new SheetId("s")} {new TemplateId("t")} {new TrainingSheetId("u")} {new CanonicalLabelId("v")} {new LabelType("w")}", Is.EqualTo("s t u v w"));
}
