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

    [Test]
    public async Task Import_WithJson_PrintsTheCounts() =>
        Assert.That(
            (await _host.RunAsync("labels", "import", _host.Write("l.csv", Header + "inspections,item-01,classification,dent,\n"), "--json")).Output.Trim(),
            Is.EqualTo("""{"created":1,"updated":0}"""));

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

    private Task<long> CountAsync() => _host.Labels.CountAsync(LabelBuilder.Key().SheetId, LabelBuilder.Key().LabelType, CancellationToken.None);
}
