using Mirion.Generation.Application.Prompts;
using Mirion.Generation.Domain.Common;
using static Mirion.Generation.Application.UnitTests.Prompts.Templates;

namespace Mirion.Generation.Application.UnitTests.Prompts;

internal sealed class TemplateVariablesTests
{
    private static readonly string[] Columns = ["board_id", "defect_type", "notes"];

    [Test]
    public void Check_WhenEveryVariableIsAColumn_Passes() =>
        Assert.That(TemplateVariables.Check(Compiled("{{notes}} {{#if defect_type}}{{/if}}"), Columns, NoMapping), Is.Null);

    [TestCase("{{defect_typ}}", "The template's variable \"defect_typ\" (line 1, column 3) is no column of the source; did you mean \"defect_type\"? The columns are \"board_id\", \"defect_type\", \"notes\".")]
    [TestCase("{{Notes}}", "The template's variable \"Notes\" (line 1, column 3) is no column of the source; did you mean \"notes\"? The columns are \"board_id\", \"defect_type\", \"notes\".")]
    [TestCase("{{serial}}", "The template's variable \"serial\" (line 1, column 3) is no column of the source. The columns are \"board_id\", \"defect_type\", \"notes\".")]
    [TestCase("{{notes}}\n{{note}} {{#if note}}{{boardid}}{{/if}}", "The template's variable \"note\" (line 2, column 3; line 2, column 16) is no column of the source; did you mean \"notes\"? The template's variable \"boardid\" (line 2, column 24) is no column of the source; did you mean \"board_id\"? The columns are \"board_id\", \"defect_type\", \"notes\".")]
    public void Check_WhenAVariableIsNoColumn_NamesItAndItsPlace(string template, string message)
    {
        var error = TemplateVariables.Check(Compiled(template), Columns, NoMapping);
        Assert.That(error, Is.EqualTo(new Error(ErrorKind.Unprocessable, "template_variable_unknown", message) { Fields = error!.Fields }));
    }

    [Test]
    public void Check_WhenVariableIsMapped_LooksForTheColumn()
    {
        var mapping = new Dictionary<string, string> { ["text"] = "notes" };
        Assert.That(TemplateVariables.Check(Compiled("{{text}}"), Columns, mapping), Is.Null);
        Assert.That(TemplateVariables.Check(Compiled("{{text}}"), Columns, NoMapping)?.Code, Is.EqualTo("template_variable_unknown"));
    }

    [Test]
    public void Check_WhenMappedColumnIsAbsent_NamesBoth()
    {
        var error = TemplateVariables.Check(Compiled("{{notes}}"), Columns, new Dictionary<string, string> { ["notes"] = "Board_Id" });
        Assert.That(error!.Code, Is.EqualTo("template_variable_unknown"));
        Assert.That(error.Message, Does.StartWith("The template's variable \"notes\" (line 1, column 3) is mapped to \"Board_Id\", which is no column of the source; did you mean \"board_id\"?"));
    }

    [Test]
    public void Check_WhenMappingNamesNoVariable_RefusesTheField()
    {
        var error = TemplateVariables.Check(Compiled("{{notes}}"), Columns, new Dictionary<string, string> { ["note"] = "notes" });
        Assert.That(error!.Kind, Is.EqualTo(ErrorKind.Invalid));
        Assert.That(error.Fields, Does.ContainKey("generation_config.column_mapping"));
        Assert.That(error.Fields["generation_config.column_mapping"], Is.EqualTo(new[] { "the template has no variable \"note\"; it has \"notes\"." }));
    }

    [Test]
    public void Check_WhenThereAreVeryManyColumns_CutsTheList()
    {
        var columns = Enumerable.Range(0, 250).Select(n => $"column{n}").ToArray();
        var template = Compiled(string.Concat(Enumerable.Range(0, 150).Select(n => $"{{{{x{n}}}}}")));
        var message = TemplateVariables.Check(template, columns, NoMapping)!.Message;
        Assert.That(message, Does.Contain("50 more variables are unknown.").And.EndWith("\"column99\" and 150 more."));
    }

    [Test]
    public void Check_WhenANameIsHuge_CutsIt()
    {
        var message = TemplateVariables.Check(Compiled($"{{{{[{new string('x', 200_000)}\n]}}}}"), Columns, NoMapping)!.Message;
        Assert.That(message, Has.Length.LessThan(400).And.Contain("x…\""));
    }

    [TestCase("colour", "color", "colour_code")]
    [TestCase("ITEM_REF", "item_ref", "item")]
    [TestCase("sn", "sns", "serial")]
    [TestCase("naem", "name", "nasm")]
    public void Of_WhenCandidatesAreNear_PicksTheNearest(string name, string nearest, string other) =>
        Assert.That(NearestName.Of(name, [other, nearest]), Is.EqualTo(nearest));

    [TestCase("serial", "notes")]
    [TestCase("ab", "xy")]
    [TestCase("", "abc")]
    public void Of_WhenNothingIsNear_SuggestsNothing(string name, string candidate) => Assert.That(NearestName.Of(name, [candidate]), Is.Null);
}
