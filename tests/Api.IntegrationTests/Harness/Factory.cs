using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Api.IntegrationTests.Harness;

/// <summary>A small world to ask the API about: sheets good and bad, a template, a label and training sheets in every state.</summary>
internal static class Factory
{
    public const string Table = "factory.quality.inspections";

    /// <summary>Puts it behind <paramref name="ports"/>.</summary>
    public static async Task<FakePorts> SeedAsync(this FakePorts ports)
    {
        ports.Source
            .AddTable(Table, [Row("item-1", "deep scratch"), Row("item-2", "solder bridge"), Row("item-3", "fine")])
            .AddTable("factory.quality.empty", [])
            .AddTable("factory.quality.twins", [Row("item-1", "one"), Row("item-1", "another")])
            .AddTable("factory.quality.nameless", [Row(null, "nobody")])
            .AddFile("/Volumes/factory/quality/photos/board-1.png", [0x89, (byte)'P', (byte)'N', (byte)'G'])
            .AddFile("/Volumes/factory/quality/photos/notes/read.txt", "clean board"u8.ToArray());
        foreach (var sheet in new[]
                 {
                     SheetBuilder.Table(imageColumns: ["photo"]), SheetBuilder.Volume(),
                     SheetBuilder.Table("gone", table: "factory.quality.gone"), SheetBuilder.Table("twins", table: "factory.quality.twins"),
                     SheetBuilder.Table("nameless", table: "factory.quality.nameless"), SheetBuilder.Table("keyless", itemIdColumn: "serial"),
                     SheetBuilder.Table("filtered", filter: "note LIKE"), SheetBuilder.Table("none", filter: "false"),
                 })
        {
            await ports.Sheets.AddAsync(sheet, CancellationToken.None);
        }

        ports.Source.Understand("false", _ => false);
        await ports.Templates.AddAsync(
            TemplateBuilder.Template("graded", labelType: "graded", status: "published", outputSchema: """{"type":"object","properties":{"grade":{"enum":[1,2,3]}},"required":["grade"]}"""),
            TemplateBuilder.Publication,
            CancellationToken.None);
        await ports.Templates.AddAsync(TemplateBuilder.Template(systemPrompt: "You inspect boards.", model: "some-model"), TemplateBuilder.Publication, CancellationToken.None);
        await ports.Templates.AddAsync(TemplateBuilder.Template("unfit", userPrompt: "What of {{nots}}?"), TemplateBuilder.Publication, CancellationToken.None);
        await ports.Labels.UpsertAsync(LabelBuilder.Label(answer: "scratch"), CancellationToken.None);
        await ports.Store.AddAsync(TrainingSheetBuilder.Generating("ts-generating"), CancellationToken.None);
        await ports.AddAsync("ts-review", sheet => sheet.Having(PairBuilder.FromModel()).Completed());
        await ports.AddAsync("ts-trained", sheet => sheet.Having(PairBuilder.FromLabel()).Completed().MarkTrained().Value);
        await ports.Store.AddAsync(TrainingSheetBuilder.Generating("ts-boards", sheet: SheetBuilder.Table("boards")).Completed(), CancellationToken.None);
        return ports;
    }

    private static async Task AddAsync(this FakePorts ports, string id, Func<TrainingSheet, TrainingSheet> history)
    {
        var sheet = TrainingSheetBuilder.Generating(id);
        await ports.Store.AddAsync(sheet, CancellationToken.None);
        await ports.Store.CommitBatchAsync(history(sheet), [PairBuilder.FromModel(trainingSheet: id)], CancellationToken.None);
    }

    private static Dictionary<string, object?> Row(string? id, string note) => new()
    {
        ["inspection_id"] = id,
        ["note"] = note,
        ["photo"] = id == "item-1" ? "/Volumes/factory/quality/photos/board-1.png" : null,
    };
}
