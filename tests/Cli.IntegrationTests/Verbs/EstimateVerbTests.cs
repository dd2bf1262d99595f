using Mirion.Generation.Cli.IntegrationTests.Hosting;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Cli.IntegrationTests.Verbs;

public sealed class EstimateVerbTests
{
    private InMemoryHost _host = null!;

    [SetUp]
    public async Task SetUp()
    {
        _host = new InMemoryHost();
        await _host.Labels.UpsertAsync(LabelBuilder.Label("item-01"), CancellationToken.None);
    }

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public async Task Estimate_WithJson_PrintsTheNumbersWithoutAModelCall()
    {
        var run = await _host.RunAsync("estimate", "--sheet", "inspections", "--template", "triage", "--limit", "3", "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.Output.Trim(), Is.EqualTo("""{"total_items":3,"canonical_hits":1,"model_calls":2,"empty_prompt_items":0,"mode":"sync"}"""));
            Assert.That(_host.Model.Calls, Is.Zero);
        }
    }

    [Test]
    public async Task Estimate_ForAPerson_PrintsATable()
    {
        var run = await _host.RunAsync("estimate", "--sheet", "inspections", "--template", "triage");

        Assert.That(run.Output, Does.Match("items +│ +4 ").And.Match("canonical labels +│ +1 ").And.Match("model calls +│ +3 "));
    }

    [Test]
    public async Task Estimate_WithATemplateVersion_TakesThatOne()
    {
        var first = TemplateBuilder.Template("versions", status: "published");
        await _host.Templates.AddAsync(first, TemplateBuilder.Publication, CancellationToken.None);
        await _host.Templates.ReplaceAsync(TemplateBuilder.Template("versions", userPrompt: "{{nope}}", version: 2), TemplateBuilder.Publication, CancellationToken.None);

        async Task<int> EstimateAsync(params string[] more) => (await _host.RunAsync(["estimate", "--sheet", "inspections", "--template", "versions", .. more])).ExitCode;

        Assert.That((await EstimateAsync(), await EstimateAsync("--template-version", "1"), await EstimateAsync("--template-version", "9")), Is.EqualTo((2, 0, 2)));
    }

    [Test]
    public async Task Estimate_WhenTheSheetIsUnknown_ExitsWithTwo() =>
        Assert.That((await _host.RunAsync("estimate", "--sheet", "other", "--template", "triage")).ExitCode, Is.EqualTo(2));
}
