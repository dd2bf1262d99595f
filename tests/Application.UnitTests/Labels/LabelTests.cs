using System.Text.Json;
using Mirion.Generation.Application.Labels;
using Mirion.Generation.Application.Labels.Import;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Application.UnitTests.Labels;

public sealed class LabelTests
{
    [Test]
    public async Task Upsert_WhenWhoAndWhenAreLeftOut_AreTheSenderAndNow()
    {
        await using var bench = new Workbench();

        var stored = (await bench.SendAsync(new UpsertLabelCommand(Draft("a")))).Value;

        Assert.That((stored.Created, stored.Label.LabeledBy, stored.Label.LabeledAt, stored.Label.Version), Is.EqualTo((true, Workbench.User, Times.Start, 1)));
    }

    [Test]
    public async Task Upsert_OfTheSameKey_RaisesTheVersionAndKeepsTheId()
    {
        await using var bench = new Workbench();
        var first = (await bench.SendAsync(new UpsertLabelCommand(Draft("a")))).Value;

        var second = (await bench.SendAsync(new UpsertLabelCommand(Draft("a", "\"other\"")))).Value;

        Assert.That((second.Created, second.Label.Version, second.Label.Id, second.Label.Data.Answer), Is.EqualTo((false, 2, first.Label.Id, "other")));
    }

    [Test]
    public async Task Upsert_WhenTheSheetIsUnknown_IsRefused()
    {
        await using var bench = new Workbench();

        Assert.That((await bench.SendAsync(new UpsertLabelCommand(Draft("a") with { SheetId = "nobody" }))).Error?.Code, Is.EqualTo("sheet_not_found"));
    }

    [Test]
    public async Task Upsert_WhenSeveralFieldsAreWrong_NamesThemAll()
    {
        await using var bench = new Workbench();

        var error = (await bench.SendAsync(new UpsertLabelCommand(
            Draft("a", "null") with { LabelType = "no type", Confidence = "sure", AllowedUses = ["resale"], DataClassification = "secret" }))).Error!;

        Assert.That(error.Fields.Keys, Is.EquivalentTo(new[] { "label_type", "label_data", "confidence", "allowed_uses", "data_classification" }));
    }

    [Test]
    public async Task Lookup_FindsByKey()
    {
        await using var bench = new Workbench();
        await bench.SendAsync(new UpsertLabelCommand(Draft("a")));

        Assert.That((await bench.SendAsync(new LookupLabelQuery(LabelBuilder.Key("a")))).IsSuccess);
        Assert.That((await bench.SendAsync(new LookupLabelQuery(LabelBuilder.Key("b")))).Error?.Code, Is.EqualTo("label_not_found"));
    }

    [Test]
    public async Task Import_WhenEveryRowIsRight_StoresThemAll()
    {
        await using var bench = new Workbench();
        await bench.SendAsync(new UpsertLabelCommand(Draft("item-0003")));

        var count = (await ImportAsync(bench, Enumerable.Range(0, 2500).Select(i => new LabelRow(i + 1, Draft($"item-{i:D4}"))))).Value;

        Assert.That((count.Count, count.Skipped), Is.EqualTo((new ImportCount(Created: 2499, Updated: 1), 0)));
    }

    [Test]
    public async Task Import_WhenARowIsWrong_StoresNoneAndNamesItsNumber()
    {
        await using var bench = new Workbench();

        var error = (await ImportAsync(
            bench,
            [
                new LabelRow(1, Draft("a")),
                new LabelRow(2, Draft("b") with { LabelType = null }),
                new LabelRow(3, null, "It is no JSON object."),
                new LabelRow(4, Draft("a")),
                new LabelRow(5, Draft("c") with { SheetId = "nobody" }),
            ])).Error!;

        Assert.Multiple(() =>
        {
            Assert.That(error.Kind, Is.EqualTo(ErrorKind.Invalid));
            Assert.That(error.Fields.Keys, Is.EquivalentTo(new[] { "rows[2].label_type", "rows[3].row", "rows[4].item_ref", "rows[5].sheet_id" }));
            Assert.That(error.Fields["rows[4].item_ref"][0], Does.Contain("Row 1"));
        });
        Assert.That(await bench.Labels.CountAsync(bench.Sheet.Id, new LabelType("classification"), CancellationToken.None), Is.Zero);
    }

    [Test]
    public async Task Import_WhenNearlyEverythingIsWrong_StopsReading()
    {
        await using var bench = new Workbench();
        var read = 0;

        await ImportAsync(bench, Enumerable.Range(1, 100_000).Select(i =>
        {
            read++;
            return new LabelRow(i, null, "It is no JSON object.");
        }));

        Assert.That(read, Is.EqualTo(100));
    }

    private static Task<Result<ImportReport>> ImportAsync(Workbench bench, IEnumerable<LabelRow> rows) =>
        bench.SendAsync(new ImportLabelsCommand(rows.ToAsyncEnumerable()));

    private static LabelDraft Draft(string item, string json = "\"scratch\"") => new()
    {
        SheetId = "inspections",
        ItemRef = item,
        LabelType = "classification",
        LabelData = JsonElement.Parse(json),
    };
}
