using Mirion.Generation.Cli.IntegrationTests.Hosting;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Cli.IntegrationTests.Verbs;

public sealed class AddVerbTests
{
    private const string Sheet = """{"id":"lines","source_type":"uc_table","source_table":"factory.quality.inspections","item_id_column":"inspection_id"}""";
    private const string Template = """{"id":"grade","label_type":"classification","user_prompt_template":"{{note}}?","output_schema":{"type":"object"},"temperature":0.5}""";
    private InMemoryHost _host = null!;

    [SetUp]
    public void SetUp() => _host = new InMemoryHost();

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public async Task SheetAdd_WhenTheFileHoldsASheet_DefinesIt()
    {
        var run = await _host.RunAsync("sheet", "add", _host.Write("sheet.json", Sheet));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((run.ExitCode, run.Output.Trim()), Is.EqualTo((0, "Added sheet lines.")));
            Assert.That((await _host.Sheets.FindAsync(new SheetId("lines"), CancellationToken.None))?.Source, Is.InstanceOf<TableSource>());
        }
    }

    [Test]
    public async Task TemplateAdd_WhenTheFileHoldsATemplate_DefinesItWhole()
    {
        var run = await _host.RunAsync("template", "add", _host.Write("template.json", Template), "--json");

        var template = await _host.Templates.FindAsync(new TemplateId("grade"), CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((run.ExitCode, run.Output.Trim()), Is.EqualTo((0, """{"id":"grade"}""")));
            Assert.That((template?.Temperature, template?.OutputSchema), Is.EqualTo((0.5, """{"type":"object"}""")));
        }
    }

    [Test]
    public async Task SheetAdd_WhenAKeyMeansNothing_RefusesTheFileBeforeAnythingIsOpened()
    {
        var run = await _host.RunAsync("sheet", "add", _host.Write("sheets.jsonl", $$"""
            {{Sheet}}
            {"id":"b","source_tabel":"x"}
            """));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Errors, Does.Contain("sheets.jsonl:2").And.Contain("source_tabel"));
            Assert.That(_host.Workspace.Preparations, Is.Zero);
        }
    }

    [Test]
    public async Task SheetAdd_WhenADefinitionIsRefused_NamesItsPlaceAndKeepsThoseBefore()
    {
        var run = await _host.RunAsync("sheet", "add", _host.Write("sheets.jsonl", Sheet + "\n" + Sheet + "\n"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Output.Trim(), Is.EqualTo("Added sheet lines."));
            Assert.That(run.Errors, Does.StartWith("error sheet_exists: sheets.jsonl:2: "));
        }
    }

    [Test]
    public async Task TemplateAdd_WhenSeveralFieldsAreWrong_TellsEachWithItsPlace()
    {
        var run = await _host.RunAsync("template", "add", _host.Write("t.json", """{"id":"grade","temperature":9}"""));

        Assert.That(run.ErrorLines.Skip(1), Is.Not.Empty.And.All.StartsWith("t.json:1: "));
    }

    [Test]
    public async Task SheetAdd_WhenThereIsNoFile_ExitsWithTwo() =>
        Assert.That((await _host.RunAsync("sheet", "add", "nowhere.json")).Errors, Does.StartWith("error file_not_found: "));
}
