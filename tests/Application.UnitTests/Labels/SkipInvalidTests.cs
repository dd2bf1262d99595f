using System.Text;
using System.Text.Json;
using Mirion.Generation.Application.Labels.Import;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Application.UnitTests.Labels;

/// <summary>Imports that leave out what is wrong.</summary>
public sealed class SkipInvalidTests
{
    [Test]
    public async Task Import_WhenRowsAreWrong_StoresTheOthersAndReportsEachByItsNumber()
    {
        await using var bench = new Workbench();

        var report = (await ImportAsync(
            bench,
            new LabelRow(1, Draft("a")),
            new LabelRow(2, Draft("b") with { LabelType = null, Confidence = "sure" }),
            new LabelRow(3, null, "It is no JSON object."),
            new LabelRow(4, Draft("a")),
            new LabelRow(5, Draft("c") with { SheetId = "nobody" }),
            new LabelRow(6, Draft("d")))).Value;

        Assert.That((report.Count, report.Skipped), Is.EqualTo((new ImportCount(Created: 2, Updated: 0), 4)));
        Assert.That(report.Faults.Select(fault => fault.Row), Is.EqualTo(new[] { 2, 3, 4, 5 }));
        Assert.That(report.Faults[0].Message, Does.Contain("label_type: ").And.Contain("confidence: "));
        Assert.That(report.Faults.Skip(1).Select(fault => fault.Message), Is.EqualTo(new[]
        {
            "It is no JSON object.", "item_ref: Row 1 labels the same item with the same label type.", "sheet_id: There is no sheet 'nobody'.",
        }));
        Assert.That(await CountAsync(bench), Is.EqualTo(2));
    }

    [Test]
    public async Task Import_WhenMoreThanAHundredRowsAreWrong_ReadsOnCountsThemAllAndListsAHundred()
    {
        await using var bench = new Workbench();

        var report = (await ImportAsync(bench, Enumerable.Range(1, 5000).Select(i => i % 2 == 0 ? new LabelRow(i, Draft($"item-{i}")) : new LabelRow(i, null, "It is no JSON object.")))).Value;

        Assert.That((report.Count.Created, report.Skipped, report.Faults.Count, report.Faults[^1].Row), Is.EqualTo((2500, 2500, 100, 199)));
    }

    [Test]
    public async Task Import_WhenNothingCanBeReadAfterAFault_IsRefusedAndStoresNone()
    {
        await using var bench = new Workbench();

        var error = (await ImportAsync(bench, new LabelRow(1, Draft("a")), new LabelRow(2, null, "Its quotes do not pair up.") { EndsReading = true })).Error!;

        Assert.That((error.Kind, error.Fields.Keys.Single()), Is.EqualTo((ErrorKind.Invalid, "rows[2].row")));
        Assert.That(await CountAsync(bench), Is.Zero);
    }

    private static IEnumerable<TestCaseData> Unreadable()
    {
        const string Header = "sheet_id,item_ref,label_type,label_data\n";
        yield return Of("quotes", text => CsvLabelRows.From(text), Header + "inspections,a,classification,ok\ninspections,\"b,classification,ok\n", true);
        yield return Of("header", text => CsvLabelRows.From(text), "sheet\n", true);
        yield return Of("encoding", text => CsvLabelRows.From(text), Header + "inspections,\u00ff,classification,ok\n", true, Encoding.Latin1);
        yield return Of("cells", text => CsvLabelRows.From(text), Header + "inspections,a\ninspections,b,classification,ok\n", false);
        yield return Of("array", text => LabelRows.FromJsonArray(text), "[{}, {", true);
        yield return Of("entry", text => LabelRows.FromJsonArray(text), "[7, {}]", false);
        yield return Of("line", text => LabelRows.FromJsonLines(text), "{\n{}", false);
    }

    [TestCaseSource(nameof(Unreadable))]
    public async Task Rows_WhenOneCannotBeRead_SayWhetherItEndsTheReading(IAsyncEnumerable<LabelRow> rows, bool ends) =>
        Assert.That((await rows.ToListAsync()).Any(row => row.EndsReading), Is.EqualTo(ends));

    private static TestCaseData Of(string name, Func<Stream, IAsyncEnumerable<LabelRow>> read, string text, bool ends, Encoding? encoding = null) =>
        new TestCaseData(read(new MemoryStream((encoding ?? Encoding.UTF8).GetBytes(text))), ends).SetArgDisplayNames(name);

    private static Task<Result<ImportReport>> ImportAsync(Workbench bench, params IEnumerable<LabelRow> rows) =>
        bench.SendAsync(new ImportLabelsCommand(rows.ToAsyncEnumerable(), SkipInvalid: true));

    private static Task<long> CountAsync(Workbench bench) => bench.Labels.CountAsync(bench.Sheet.Id, new LabelType("classification"), CancellationToken.None);

    private static LabelDraft Draft(string item) => new()
    {
        SheetId = "inspections",
        ItemRef = item,
        LabelType = "classification",
        LabelData = JsonElement.Parse("\"scratch\""),
    };
}
