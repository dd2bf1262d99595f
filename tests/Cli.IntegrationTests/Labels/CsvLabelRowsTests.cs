using System.Text;
using Mirion.Generation.Application.Labels.Import;

namespace Mirion.Generation.Cli.IntegrationTests.Labels;

public sealed class CsvLabelRowsTests
{
    private const string Header = "sheet_id,item_ref,label_type,label_data";

    [Test]
    public async Task From_WhenEveryColumnIsGiven_ReadsEachByItsHeader()
    {
        var row = (await ReadAsync(
            """"
            labeled_at,labeled_by,data_classification,usage_reason,prohibited_uses,allowed_uses,notes,confidence,label_data,label_type,item_ref,sheet_id
            2026-03-09T09:16:04+01:00,dr.lee,internal,"partner, signed",testing,training | few_shot,"says ""sure""",low,scratch,classification,item-1,s
            """")).Single();

        var draft = row.Draft!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(row.Number, Is.EqualTo(2));
            Assert.That((draft.SheetId, draft.ItemRef, draft.LabelType, draft.LabelData.GetString()), Is.EqualTo(("s", "item-1", "classification", "scratch")));
            Assert.That((draft.Confidence, draft.Notes, draft.UsageReason, draft.DataClassification, draft.LabeledBy), Is.EqualTo(("low", "says \"sure\"", "partner, signed", "internal", "dr.lee")));
            Assert.That(draft.AllowedUses, Is.EqualTo(["training", "few_shot"]));
            Assert.That(draft.ProhibitedUses, Is.EqualTo(["testing"]));
            Assert.That(draft.LabeledAt, Is.EqualTo(new DateTimeOffset(2026, 3, 9, 8, 16, 4, TimeSpan.Zero)));
        }
    }

    [Test]
    public async Task From_WhenACellIsEmptyOrAbsent_LeavesItOut()
    {
        var draft = (await ReadAsync(Header + ",notes,allowed_uses\ns,i,t,x,,")).Single().Draft!;

        Assert.That((draft.Notes, draft.AllowedUses, draft.Confidence, draft.LabeledAt), Is.EqualTo(((string?)null, (IReadOnlyList<string>?)null, (string?)null, (DateTimeOffset?)null)));
    }

    [TestCase("\"{\"\"a\"\": 1.50}\"", """{"a": 1.50}""")]
    [TestCase("\"[1,2]\"", "[1,2]")]
    [TestCase("{not json}", "\"{not json}\"")]
    [TestCase("[see note]", "\"[see note]\"")]
    [TestCase("0042", "\"0042\"")]
    [TestCase("true", "\"true\"")]
    [TestCase("\"\"\"quoted\"\"\"", "\"\\u0022quoted\\u0022\"")]
    [TestCase("\"two\nlines\"", "\"two\\nlines\"")]
    public async Task From_WhenLabelDataIsAnObjectOrArray_IsJsonElseText(string cell, string expected) =>
        Assert.That((await ReadAsync($"{Header}\ns,i,t,{cell}")).Single().Draft!.LabelData.GetRawText(), Is.EqualTo(expected));

    [Test]
    public async Task From_WhenAnObjectNamesAPropertyTwice_FaultsTheRow() =>
        Assert.That((await ReadAsync(Header + "\ns,i,t,\"{\"\"a\"\":1,\"\"a\"\":2}\"")).Single().Fault, Does.StartWith("label_data:"));

    [Test]
    public async Task From_WhenJsonIsTooDeep_LeavesItToTheLabelToRefuse()
    {
        var draft = (await ReadAsync($"{Header}\ns,i,t,{new string('[', 70)}{new string(']', 70)}")).Single().Draft!;

        Assert.That(draft.ToLabel("dr.lee", DateTimeOffset.UnixEpoch).Error?.Fields.Keys, Is.EqualTo(["label_data"]));
    }

    [Test]
    public async Task From_WhenCellsSpanLines_NumbersRowsByTheLineTheyStartOn() =>
        Assert.That((await ReadAsync($"{Header}\r\ns,i,t,\"a\r\nb\"\r\n\r\ns,j,t,c\r\n")).Select(row => row.Number), Is.EqualTo([2, 5]));

    [TestCase("")]
    [TestCase("sheet_id,item_ref,label_type,label_data,lable_type\ns,i,t,x,y", "lable_type")]
    [TestCase("sheet_id,item_ref,label_data\ns,i,x", "label_type")]
    [TestCase("sheet_id,item_ref,label_type,label_data,notes,notes\ns,i,t,x,,", "notes")]
    [TestCase("sheet_id;item_ref;label_type;label_data\ns;i;t;x", "sheet_id;item_ref")]
    public async Task From_WhenTheHeaderIsWrong_SaysSoOnceAndStops(string csv, params string[] named)
    {
        var row = (await ReadAsync(csv)).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(row.Number, Is.EqualTo(1));
            Assert.That(row.Draft, Is.Null);
            foreach (var name in named) Assert.That(row.Fault, Does.Contain(name));
        }
    }

    [Test]
    public async Task From_WhenARowIsTooShort_FaultsItAndGoesOn()
    {
        var rows = await ReadAsync($"{Header}\ns,i\ns,j,t,x");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Select(row => row.Fault is null), Is.EqualTo([false, true]));
            Assert.That(rows[0].Fault, Does.Contain("2 cells").And.Contain("4"));
        }
    }

    [TestCase("2026-03-09 08:16:04")]
    [TestCase("2026-03-09T08:16:04")]
    [TestCase("09/03/2026")]
    public async Task From_WhenTheTimeIsAmbiguous_FaultsTheRow(string time) =>
        Assert.That((await ReadAsync($"{Header},labeled_at\ns,i,t,x,{time}")).Single().Fault, Does.StartWith("labeled_at:"));

    [TestCase("2026-03-09T08:16:04Z")]
    [TestCase("2026-03-09T08:16:04.123456Z")]
    [TestCase("2026-03-09T08:16:04-05:00")]
    public async Task From_WhenTheTimeHasItsOffset_ReadsIt(string time) =>
        Assert.That((await ReadAsync($"{Header},labeled_at\ns,i,t,x,{time}")).Single().Draft?.LabeledAt, Is.EqualTo(DateTimeOffset.Parse(time, null)));

    [TestCase("s,i,t,\"never closed\ns,j,t,x")]
    [TestCase("s,i,t,\"closed\" early\ns,j,t,x")]
    [TestCase("s,i,t,12\" board\ns,j,t,x")]
    public async Task From_WhenQuotesDoNotPairUp_FaultsTheRowAndStops(string rows)
    {
        var row = (await ReadAsync($"{Header}\ns,h,t,x\n{rows}"))[1];

        Assert.That((row.Number, row.Draft, row.Fault is null), Is.EqualTo((3L, (object?)null, false)));
    }

    [Test]
    public async Task From_WhenItIsNotUtf8_SaysSoInsteadOfReplacingCharacters()
    {
        var rows = await ReadAsync(Encoding.Latin1.GetBytes($"{Header}\ns,i,t,Lötbrücke\n"));

        Assert.That(rows.Single().Fault, Does.Contain("UTF-8"));
    }

    [Test]
    public async Task From_WhenItBeginsWithAByteOrderMark_ReadsTheFirstHeader() =>
        Assert.That((await ReadAsync($"\uFEFF{Header}\ns,i,t,x")).Single().Draft?.SheetId, Is.EqualTo("s"));

    [Test]
    public async Task From_WhenOnlyTheFirstRowIsAskedFor_DoesNotReadTheWholeFile()
    {
        var csv = new MemoryStream(Encoding.UTF8.GetBytes($"{Header}\n" + string.Concat(Enumerable.Repeat("s,i,t,x\n", 1_000_000))));

        await foreach (var _ in CsvLabelRows.From(csv)) break;

        Assert.That(csv.Position, Is.LessThan(csv.Length / 4));
    }

    private static Task<List<LabelRow>> ReadAsync(string csv) => ReadAsync(Encoding.UTF8.GetBytes(csv));

    private static async Task<List<LabelRow>> ReadAsync(byte[] csv)
    {
        var rows = new List<LabelRow>();
        await foreach (var row in CsvLabelRows.From(new MemoryStream(csv))) rows.Add(row);
        return rows;
    }
}
