using Mirion.Generation.Cli.IntegrationTests.Hosting;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Cli.IntegrationTests.Verbs;

public sealed class ImportLabelsVerbTests
{
    private const string Header = "sheet_id,item_ref,label_type,label_data,labeled_by\n";
    private InMemoryHost _host = null!;

    [SetUp]
    public void SetUp() => _host = new InMemoryHost();

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public async Task Import_WhenEveryRowIsRight_StoresThemAllAndCountsNewAndUpdated()
    {
        await _host.Labels.UpsertAsync(LabelBuilder.Label("item-01"), CancellationToken.None);

        var run = await _host.RunAsync("labels", "import", _host.Write("l.csv", Header + "inspections,item-01,classification,dent,dr.lee\ninspections,item-02,classification,ok,dr.lee\n"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((run.ExitCode, run.Output.Trim()), Is.EqualTo((0, "Imported 2 labels: 1 new, 1 as new versions.")));
            Assert.That(await CountAsync(), Is.EqualTo(2));
        }
    }

    [TestCase("l.json", "[{0},\n{1}]")]
    [TestCase("l.jsonl", "{0}\n\n{1}\n")]
    [TestCase("l.NDJSON", "{0}\n{1}")]
    public async Task Import_WhateverTheFormat_StoresEveryLabel(string name, string form)
    {
        var text = string.Format(null, form, Label("item-01"), Label("item-02"));

        var run = await _host.RunAsync("labels", "import", _host.Write(name, text));

        Assert.That((run.ExitCode, await CountAsync()), Is.EqualTo((0, 2)), run.Errors);
    }

    [Test]
    public async Task Import_WhenAJsonLineHasAKeyThatMeansNothing_TellsItByItsLine()
    {
        var run = await _host.RunAsync("labels", "import", _host.Write("l.jsonl", $$"""
            {{Label("item-01")}}
            {"sheet_id":"inspections","lable_type":"x"}
            """));

        Assert.That((run.ExitCode, run.Errors.Contains("rows[2].row: lable_type: ", StringComparison.Ordinal), await CountAsync()), Is.EqualTo((2, true, 0)), run.Errors);
    }

    [Test]
    public async Task Import_WhenALabelDoesNotMatchTheSchemaOfItsType_TellsItsRowAndThePlace()
    {
        await _host.Templates.AddAsync(
            TemplateBuilder.Template("graded", status: "published", outputSchema: """{"type":"object","properties":{"grade":{"enum":[1,2,3]}}}"""),
            TemplateBuilder.Publication,
            CancellationToken.None);

        var run = await _host.RunAsync("labels", "import", _host.Write("l.csv", Header + "inspections,item-01,classification,\"{\"\"grade\"\":1}\",\ninspections,item-02,classification,\"{\"\"grade\"\":9}\",\n"));

        Assert.That(run.ExitCode, Is.EqualTo(2), run.Errors);
        Assert.That(run.Errors, Does.Contain("label_schema_mismatch").And.Contain("rows[3].label_data").And.Contain("/grade must be one of 1, 2, 3 (enum)"));
        Assert.That(await CountAsync(), Is.Zero);
    }

    [Test]
    public async Task Import_WithJson_PrintsTheCounts() =>
        Assert.That(
            (await _host.RunAsync("labels", "import", _host.Write("l.csv", Header + "inspections,item-01,classification,dent,\n"), "--json")).Output.Trim(),
            Is.EqualTo("""{"created":1,"updated":0,"skipped":0,"faults":[]}"""));

    [Test]
    public async Task Import_WithSkipInvalid_StoresWhatIsRightAndTellsTheRest()
    {
        var file = _host.Write("l.csv", Header + "inspections,item-01,classification,dent,\nother,item-02,classification,ok,\n");

        var run = await _host.RunAsync("labels", "import", file, "--skip-invalid");
        var again = await _host.RunAsync("labels", "import", file, "--skip-invalid", "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((run.ExitCode, run.Output.Trim()), Is.EqualTo((0, "Imported 1 labels: 1 new, 0 as new versions. Left out 1 rows that are wrong.")));
            Assert.That(run.Errors.Trim(), Is.EqualTo("rows[3]: sheet_id: There is no sheet 'other'."));
            Assert.That(again.Output.Trim(), Is.EqualTo("""{"created":0,"updated":1,"skipped":1,"faults":[{"row":3,"message":"sheet_id: There is no sheet 'other'."}]}"""));
            Assert.That(await CountAsync(), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Import_WithSkipInvalidAndManyWrongRows_TellsAHundredAndCountsTheRest()
    {
        var run = await _host.RunAsync("labels", "import", _host.Write("l.csv", Header + string.Concat(Enumerable.Repeat("other,item-02,classification,ok,\n", 150))), "--skip-invalid");

        Assert.That((run.ErrorLines.Count, run.ErrorLines[^1].Trim()), Is.EqualTo((101, "and 50 rows more.")));
    }

    [Test]
    public async Task Import_WithSkipInvalidAndAFileThatCannotBeReadToItsEnd_StoresNone()
    {
        var run = await _host.RunAsync("labels", "import", _host.Write("l.csv", Header + "inspections,item-01,classification,dent,\ninspections,\"item-02,classification,ok,\n"), "--skip-invalid");

        Assert.That((run.ExitCode, await CountAsync()), Is.EqualTo((2, 0)), run.Errors);
    }

    [Test]
    public async Task Import_WhenRowsAreWrong_TellsEachByItsLineAndStoresNone()
    {
        var run = await _host.RunAsync("labels", "import", _host.Write("l.csv", Header + "inspections,item-01,classification,dent,\nother,item-02,classification,ok,\ninspections,,classification,ok,\n"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.ErrorLines[0], Is.EqualTo("error validation_failed: 2 faults"));
            Assert.That(run.ErrorLines[1], Does.StartWith("rows[3].sheet_id: "));
            Assert.That(run.ErrorLines[2], Does.StartWith("rows[4].item_ref: "));
            Assert.That(await CountAsync(), Is.Zero);
        }
    }

    [Test]
    public async Task Import_WhenManyRowsAreWrong_TellsThemInTheOrderOfTheFile()
    {
        var run = await _host.RunAsync("labels", "import", _host.Write("l.csv", Header + string.Concat(Enumerable.Repeat("other,item-02,classification,ok,\n", 12))));

        Assert.That(run.ErrorLines.Skip(1).Select(line => line.Split('.')[0]), Is.EqualTo(Enumerable.Range(2, 12).Select(line => $"rows[{line}]")));
    }

    [TestCase("labels.txt")]
    [TestCase("labels")]
    public async Task Import_WhenTheNameDoesNotTellTheFormat_NamesThoseThereAre(string name)
    {
        var run = await _host.RunAsync("labels", "import", _host.Write(name, Header));

        Assert.That((run.ExitCode, run.Errors.Contains(".csv", StringComparison.Ordinal)), Is.EqualTo((2, true)));
    }

    private static string Label(string item) => $$"""{"sheet_id":"inspections","item_ref":"{{item}}","label_type":"classification","label_data":[1,{"defect":"dent"}] }""";

    private Task<long> CountAsync() => _host.Labels.CountAsync(LabelBuilder.Key().SheetId, LabelBuilder.Key().LabelType, CancellationToken.None);
}
