using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Infrastructure.Sql;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Contracts;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Sql;

/// <summary>A store as the first version of the schema had it, with a training sheet that is generating, and two templates of which one is published.</summary>
internal static class FirstVersion
{
    private static CancellationToken None => CancellationToken.None;

    private static PromptTemplate Published { get; } = TemplateBuilder.Template(version: 3, status: "published", examples: [new("a", "b")]);

    public static async Task MakeAsync(ISqlSession session, TrainingSheet sheet)
    {
        var now = TrainingSheetRows.Table;
        var then = new TableDefinition<TrainingSheetState>(now.Name, now.Comment, ["id"], now.Except("run_id", "run_epoch", "run_seen_at"));
        var pairs = QAPairRows.Table;
        var pairsThen = new TableDefinition<QAPair>(pairs.Name, pairs.Comment, ["training_sheet_id", "id"], pairs.Except("revision", "review_id"));
        var versions = new TableDefinition<int>("schema_version", "The versions.", ["version"],
        [
            new("version", ColumnKind.Integer, "The version.", version => version),
            new("applied_at", ColumnKind.Timestamp, "Since when.", _ => Times.Start),
        ]);
        await session.WriteAsync(
            async writer =>
            {
                foreach (var table in SchemaUpgrades.Tables.Where(table => table != now && table != pairs && table != CanonicalLabelRows.Versions && table != TemplateVersionRows.Table).Concat([then, pairsThen, versions])) await writer.CreateAsync(table);
                await writer.ExecuteAsync(then.InsertIfAbsent(sheet.State));
                foreach (var template in (PromptTemplate[])[Published, TemplateBuilder.Template("draft")]) await writer.ExecuteAsync(PromptTemplateRows.Table.InsertIfAbsent(template));
                return await writer.ExecuteAsync(versions.InsertIfAbsent(1));
            },
            None);
    }

    /// <summary>The training sheet is as it was, and its run of then goes on, or another takes it.</summary>
    public static async Task AssertUpgradedAsync(ITrainingSheetRepository sheets, TrainingSheet sheet)
    {
        var stored = (await sheets.FindAsync(sheet.Id, None))!;
        Assert.That(Plain.Text(stored), Is.EqualTo(Plain.Text(sheet)));
        Assert.That(await sheets.CommitBatchAsync(sheet.Having(PairBuilder.FromModel("a")), [PairBuilder.FromModel("a")], None), Is.True);
        Assert.That(await sheets.MoveAsync(stored.TakenBy(Guid.NewGuid(), Times.Start).Value, stored, None), Is.True);
        Assert.That(await sheets.CommitBatchAsync(sheet, Array.Empty<QAPair>(), None), Is.False);
    }

    /// <summary>What was published then is a version that stays, and nothing else is.</summary>
    public static async Task AssertVersionsKeptAsync(IPromptTemplateRepository templates)
    {
        foreach (var template in (PromptTemplate[])[Published, TemplateBuilder.Template("draft")])
        {
            Assert.That(await templates.ReplaceAsync(TemplateBuilder.Template(template.Id.Value, version: template.Version + 1), TemplateBuilder.Publication, None), Is.True);
        }

        var kept = (await templates.FindVersionAsync(Published.Id, Published.Version, None))!;
        Assert.That((Plain.Text(kept.Template), kept.Published), Is.EqualTo((Plain.Text(Published), (Publication?)null)));
        Assert.That(await templates.FindVersionAsync(new TemplateId("draft"), 1, None), Is.Null);
    }
}
