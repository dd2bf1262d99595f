using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Domain.UnitTests.Templates;

public sealed class PromptTemplateTests
{
    private static readonly TemplateDraft Least = new() { LabelType = "classification", UserPromptTemplate = "{{note}}" };

    private static readonly TestCaseData[] Faults =
    [
        Case.Expecting(Least with { Status = "Draft" }, "status"),
        Case.Expecting(Least with { LabelType = null }, "label_type"),
        Case.Expecting(Least with { LabelType = "defect type" }, "label_type"),
        Case.Expecting(Least with { UserPromptTemplate = null }, "user_prompt_template"),
        Case.Expecting(Least with { UserPromptTemplate = " \n" }, "user_prompt_template"),
        Case.Expecting(Least with { Temperature = -0.01 }, "temperature"),
        Case.Expecting(Least with { Temperature = 2.01 }, "temperature"),
        Case.Expecting(Least with { Temperature = double.NaN }, "temperature"),
        Case.Expecting(Least with { MaxTokens = 0 }, "max_tokens"),
        Case.Expecting(Least with { Examples = [new("in", " ")] }, "examples"),
        Case.Expecting(Least with { Examples = [new("in", "out"), new("", "out")] }, "examples"),
        Case.Expecting(Least with { Examples = [null!] }, "examples"),
        Case.Expecting(Least with { OutputSchema = "[]" }, "output_schema"),
        Case.Expecting(Least with { OutputSchema = "{" }, "output_schema"),
        Case.Expecting(Least with { OutputSchema = "" }, "output_schema"),
    ];

    [TestCaseSource(nameof(Faults))]
    public void Create_WhenAFieldCannotBeRight_NamesIt(TemplateDraft draft, string field)
    {
        var error = Create(draft).Error;

        Assert.That(error?.Kind, Is.EqualTo(ErrorKind.Invalid));
        Assert.That(error!.Fields.Keys, Is.EqualTo(new[] { field }));
    }

    [Test]
    public void Create_WhenEverythingIsWrong_NamesEveryFieldAtOnce()
    {
        var draft = new TemplateDraft { Status = "live", Temperature = 3, MaxTokens = -1, Examples = [new("", "")], OutputSchema = "1" };

        Assert.That(
            Create(draft).Error!.Fields.Keys,
            Is.EquivalentTo(new[] { "status", "label_type", "user_prompt_template", "temperature", "max_tokens", "examples", "output_schema" }));
    }

    [Test]
    public void Create_WhenOnlyTheNecessaryIsGiven_TakesTheDefaults()
    {
        var template = Create(Least).Value;

        Assert.Multiple(() =>
        {
            Assert.That(template.Name, Is.EqualTo("triage"), "its id");
            Assert.That((template.Version, template.Status), Is.EqualTo((1, TemplateStatus.Draft)));
            Assert.That((template.Temperature, template.MaxTokens), Is.EqualTo((0d, 1024)));
            Assert.That((template.SystemPrompt, template.BaseModel, template.OutputSchema), Is.EqualTo(((string?)null, (string?)null, (string?)null)));
            Assert.That(template.Examples, Is.Empty);
        });
    }

    [TestCase(0)]
    [TestCase(2)]
    public void Create_WhenTheTemperatureIsAtABound_TakesIt(double temperature) =>
        Assert.That(Create(Least with { Temperature = temperature }).Value.Temperature, Is.EqualTo(temperature));

    [Test]
    public void Create_WhenTextsAreEmpty_TakesThemAsAbsent()
    {
        var template = Create(Least with { Name = " ", SystemPrompt = "", BaseModel = " " }).Value;

        Assert.That((template.Name, template.SystemPrompt, template.BaseModel), Is.EqualTo(("triage", (string?)null, (string?)null)));
    }

    [Test]
    public void Create_WhenTextsAreGiven_LeavesThemAsTheyAre()
    {
        var template = Create(Least with { SystemPrompt = " Be brief.\n", UserPromptTemplate = "\n{{note}} " }).Value;

        Assert.That((template.SystemPrompt, template.UserPromptTemplate), Is.EqualTo((" Be brief.\n", "\n{{note}} ")));
    }

    [Test]
    public void Create_WhenTheVersionDoesNotCountFromOne_Throws() =>
        Assert.That(() => PromptTemplate.Create(new TemplateId("triage"), Least, version: 0), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Revise_WhenTheDraftIsRight_IsTheNextVersionOfTheSameTemplate()
    {
        var next = TemplateBuilder.Template(version: 4).Revise(Least with { Id = "another", UserPromptTemplate = "Is it {{note}}?" }).Value;

        Assert.That((next.Id.Value, next.Version, next.UserPromptTemplate), Is.EqualTo(("triage", 5, "Is it {{note}}?")));
    }

    [Test]
    public void Revise_WhenTheDraftIsWrong_IsRefused() =>
        Assert.That(TemplateBuilder.Template().Revise(Least with { MaxTokens = 0 }).Error!.Fields, Contains.Key("max_tokens"));

    private static readonly PromptTemplate Full = TemplateBuilder.Template(
        name: "Triage", systemPrompt: "Be brief.", model: "small-1", temperature: 0.7, maxTokens: 12, outputSchema: """{"type":"object"}""",
        examples: [new("in", "out")], status: "published", version: 3);

    private static readonly TestCaseData[] Templates = [Case.Of(TemplateBuilder.Template()), Case.Of(Full)];

    [TestCaseSource(nameof(Templates))]
    public void ToDraft_WhenMadeIntoATemplateAgain_IsTheSameTemplate(PromptTemplate template) =>
        Assert.That(PromptTemplate.Create(template.Id, template.ToDraft(), template.Version).Value, Is.EqualTo(template).UsingPropertiesComparer());

    private static Result<PromptTemplate> Create(TemplateDraft draft) => PromptTemplate.Create(new TemplateId("triage"), draft);
}
