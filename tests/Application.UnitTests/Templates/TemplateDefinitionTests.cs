using Mirion.Generation.Application.Templates;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Application.UnitTests.Templates;

public sealed class TemplateDefinitionTests
{
    private static readonly TemplateDraft Draft = TemplateBuilder.Template("fresh").ToDraft();

    [Test]
    public async Task Create_WhenTheQuestionIsNoHandlebars_IsRefused()
    {
        await using var bench = new Workbench();

        var result = await bench.SendAsync(new CreateTemplateCommand(Draft with { UserPromptTemplate = "{{#if note}} open" }));

        Assert.That(result.Error?.Code, Is.EqualTo("template_syntax"));
        Assert.That((await bench.SendAsync(new GetTemplateQuery(new TemplateId("fresh")))).Error?.Code, Is.EqualTo("template_not_found"));
    }

    [TestCase("""{"type":"strng"}""", "/type: ")]
    [TestCase("""{"properties":{"a":{"$ref":"https://example.com/a.json"}}}""", "/properties/a/$ref: ")]
    public async Task CreateAndReplace_WhenTheSchemaIsNone_AreRefusedWithThePlace(string schema, string place)
    {
        await using var bench = new Workbench();

        var created = (await bench.SendAsync(new CreateTemplateCommand(Draft with { OutputSchema = schema }))).Error!;
        var replaced = (await bench.SendAsync(new ReplaceTemplateCommand(bench.Template.Id, Draft with { Id = null, OutputSchema = schema }))).Error!;

        Assert.That(new[] { created, replaced }.Select(error => (error.Kind, error.Code)), Is.All.EqualTo((Domain.Common.ErrorKind.Unprocessable, "output_schema_invalid")));
        Assert.That(new[] { created, replaced }.Select(error => error.Fields["output_schema"].Single()), Is.All.StartsWith(place));
        Assert.That((await bench.SendAsync(new GetTemplateQuery(new TemplateId("fresh")))).Error?.Code, Is.EqualTo("template_not_found"));
        Assert.That((await bench.SendAsync(new GetTemplateQuery(bench.Template.Id))).Value.Version, Is.EqualTo(1));
    }

    [Test]
    public async Task Replace_RaisesTheVersion()
    {
        await using var bench = new Workbench();

        await bench.SendAsync(new ReplaceTemplateCommand(bench.Template.Id, Draft with { Id = null, SystemPrompt = "Be brief." }));

        var stored = (await bench.SendAsync(new GetTemplateQuery(bench.Template.Id))).Value;
        Assert.That((stored.Version, stored.SystemPrompt), Is.EqualTo((2, "Be brief.")));
    }

    [Test]
    public async Task Replace_WhenManyChangeItAtOnce_LosesNoneSilently()
    {
        await using var bench = new Workbench();

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(() => bench.SendAsync(new ReplaceTemplateCommand(bench.Template.Id, Draft with { Id = null, Name = $"name {i}" })))));

        var stored = (await bench.SendAsync(new GetTemplateQuery(bench.Template.Id))).Value;
        Assert.That(stored.Version, Is.EqualTo(1 + results.Count(result => result.IsSuccess)));
        Assert.That(results.Where(result => !result.IsSuccess).Select(result => result.Error!.Code), Has.All.EqualTo("template_changed"));
    }

    [Test]
    public async Task List_FiltersByStatus()
    {
        await using var bench = new Workbench();
        await bench.SendAsync(new CreateTemplateCommand(Draft with { LabelType = "entities", Status = "published" }));

        var published = (await bench.SendAsync(new ListTemplatesQuery(Status: TemplateStatus.Published))).Value;

        Assert.That(published.Items.Select(template => template.Id.Value), Is.EqualTo(new[] { "fresh" }));
    }

    [Test]
    public async Task Preview_RendersTheFirstItemsWithoutAskingTheModel()
    {
        await using var bench = new Workbench(template: TemplateBuilder.Template(systemPrompt: "Be brief.")).WithItems(9);
        bench.Source.Damage("item-001");

        var previews = (await bench.SendAsync(new PreviewTemplateQuery(bench.Template.Id, bench.Sheet.Id, 2))).Value;

        Assert.Multiple(() =>
        {
            Assert.That(previews.Select(preview => preview.ItemRef.Value), Is.EqualTo(new[] { "item-000", "item-001" }));
            Assert.That(previews[0].Messages, Is.EqualTo(new[]
            {
                new ChatMessage(ChatRole.System, MessageContent.Of("Be brief.")),
                new ChatMessage(ChatRole.User, MessageContent.Of("Which defect is it? note 0")),
            }));
            Assert.That(previews[1].Error?.Code, Is.EqualTo("content_unreadable"));
            Assert.That(bench.Model.Calls, Is.Zero);
        });
    }

    [Test]
    public async Task Preview_WhenAVariableIsNoColumn_IsRefused()
    {
        await using var bench = new Workbench(template: TemplateBuilder.Template(userPrompt: "{{nope}}")).WithItems(1);

        Assert.That((await bench.SendAsync(new PreviewTemplateQuery(bench.Template.Id, bench.Sheet.Id))).Error?.Code, Is.EqualTo("template_variable_unknown"));
    }
}
