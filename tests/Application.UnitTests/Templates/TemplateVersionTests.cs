using Mirion.Generation.Application.Templates;
using Mirion.Generation.Application.TrainingSheets.Estimate;
using Mirion.Generation.Application.TrainingSheets.Generate;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Application.UnitTests.Templates;

public sealed class TemplateVersionTests
{
    [Test]
    public async Task Replace_WhenTheTemplateIsPublished_KeepsWhatWasPublishedByWhomAndWhen()
    {
        await using var bench = new Workbench();
        await PublishAsync(bench, "First: {{note}}");
        bench.Clock.Advance(TimeSpan.FromDays(1));
        await PublishAsync(bench, "Second: {{note}}");

        var versions = (await bench.SendAsync(new ListTemplateVersionsQuery(bench.Template.Id))).Value.Items;

        Assert.That(versions.Select(version => (version.Template.Version, version.Template.UserPromptTemplate, version.Published)), Is.EqualTo(new[]
        {
            (3, "Second: {{note}}", new Publication(Workbench.User, Times.Start.AddDays(1))),
            (2, "First: {{note}}", new Publication(Workbench.User, Times.Start)),
        }));
    }

    [Test]
    public async Task GetVersion_WhenItIsADraftOfThePast_IsNotFound()
    {
        await using var bench = new Workbench();
        await PublishAsync(bench, "First: {{note}}");

        Assert.That((await bench.SendAsync(new GetTemplateVersionQuery(bench.Template.Id, 2))).Value.Template.UserPromptTemplate, Is.EqualTo("First: {{note}}"));
        Assert.That((await bench.SendAsync(new GetTemplateVersionQuery(bench.Template.Id, 1))).Error?.Code, Is.EqualTo("template_version_not_found"));
        Assert.That((await bench.SendAsync(new GetTemplateVersionQuery(new TemplateId("nobody"), 1))).Error?.Code, Is.EqualTo("template_not_found"));
    }

    [TestCase("x")]
    [TestCase("WyJ4Il0")]
    public async Task ListVersions_WhenTheCursorIsNone_IsRefused(string cursor)
    {
        await using var bench = new Workbench();

        Assert.That((await bench.SendAsync(new ListTemplateVersionsQuery(bench.Template.Id, Cursor: cursor))).Error?.Fields.Keys, Is.EqualTo(new[] { "cursor" }));
        Assert.That((await bench.SendAsync(new ListTemplateVersionsQuery(new TemplateId("nobody")))).Error?.Code, Is.EqualTo("template_not_found"));
    }

    [Test]
    public async Task Generate_WhenAVersionIsNamed_UsesThatOneAndRecordsIt()
    {
        await using var bench = new Workbench().WithItems(1);
        await PublishAsync(bench, "First: {{note}}");
        await PublishAsync(bench, "Second: {{note}}");

        var earlier = (await GenerateAsync(bench, 2)).Value;
        var present = (await GenerateAsync(bench, null)).Value;

        Assert.That((earlier.Recipe.Template.Version, present.Recipe.Template.Version), Is.EqualTo((2, 3)));
        Assert.That(bench.Store.Pairs.Select(pair => (pair.State.Metadata.TemplateVersion, pair.State.Conversation.User.Text)), Is.EquivalentTo(new[]
        {
            (2, "First: note 0"), (3, "Second: note 0"),
        }));
    }

    [Test]
    public async Task Generate_WhenThePresentVersionIsNamed_UsesItThoughItIsADraft()
    {
        await using var bench = new Workbench().WithItems(1);

        Assert.That((await GenerateAsync(bench, 1)).Value.Recipe.Template.Version, Is.EqualTo(1));
    }

    [Test]
    public async Task GenerateAndEstimate_WhenThereIsNoSuchVersion_AreRefused()
    {
        await using var bench = new Workbench().WithItems(1);
        await PublishAsync(bench, "First: {{note}}");

        Assert.That((await GenerateAsync(bench, 1)).Error?.Code, Is.EqualTo("template_version_not_found"));
        Assert.That((await EstimateAsync(bench, 1)).Error?.Code, Is.EqualTo("template_version_not_found"));
    }

    // The present version asks for nothing that may be blank, so that every item would be a call.
    [Test]
    public async Task Estimate_WhenAVersionIsNamed_CountsByThatOne()
    {
        await using var bench = new Workbench().WithItems(2, _ => " ");
        await PublishAsync(bench, "First: {{note}}");
        await PublishAsync(bench, "Second: {{inspection_id}}");

        Assert.That(((await EstimateAsync(bench, 2)).Value.ModelCalls, (await EstimateAsync(bench, null)).Value.ModelCalls), Is.EqualTo((0, 2)));
    }

    private static async Task PublishAsync(Workbench bench, string question)
    {
        var draft = TemplateBuilder.Template().ToDraft() with { Id = null, Status = "published", UserPromptTemplate = question };
        Assert.That((await bench.SendAsync(new ReplaceTemplateCommand(bench.Template.Id, draft))).IsSuccess);
    }

    private static Task<Result<TrainingSheet>> GenerateAsync(Workbench bench, int? version) =>
        bench.SendAsync(new GenerateTrainingSheetCommand(bench.Sheet.Id, bench.Template.Id, new GenerationConfig(), TemplateVersion: version));

    private static Task<Result<GenerationEstimate>> EstimateAsync(Workbench bench, int? version) =>
        bench.SendAsync(new EstimateGenerationQuery(bench.Sheet.Id, bench.Template.Id, new GenerationConfig(), version));
}
