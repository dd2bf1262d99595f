using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;
using static Mirion.Generation.Infrastructure.Sql.ColumnKind;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>Training sheets as rows. The recipe is kept as it was, beside columns to search by.</summary>
internal static class TrainingSheetRows
{
    public static readonly TableDefinition<TrainingSheetState> Table = new("training_sheets", "Sets of Q&A pairs, each from one generation.", ["id"],
    [
        new("id", Text, "Names the training sheet.", sheet => sheet.Id.Value),
        new("name", Text, "What people call it.", sheet => sheet.Name),
        new("sheet_id", Text, "The sheet it is made from.", sheet => sheet.Recipe.Sheet.Id.Value),
        new("template_id", Text, "The prompt template it is made with.", sheet => sheet.Recipe.Template.Id.Value),
        new("template_version", Integer, "The version of the template.", sheet => sheet.Recipe.Template.Version),
        new("sheet", ColumnKind.Json, "The sheet as it was then.", sheet => DomainJson.Write(sheet.Recipe.Sheet.ToDraft())),
        new("template", JsonText, "The template as it was then, its output_schema as it was written.", sheet => DomainJson.Write(sheet.Recipe.Template.ToDraft())),
        new("generation_config", JsonText, "How it was to be generated, as it was asked for.", sheet => DomainJson.Write(sheet.Recipe.Config)),
        new("status", Text, "generating, review, approved, trained or failed.", sheet => SnakeCase<TrainingSheetStatus>.Of(sheet.Status)),
        new("status_reason", ColumnKind.Json, "Why it failed: {code, message}.", sheet => sheet.StatusReason is { } reason ? DomainJson.Write(reason) : null, Nullable: true),
        new("mode", Text, "Where it runs: sync or job.", sheet => SnakeCase<ExecutionMode>.Of(sheet.Mode)),
        new("job_run_id", Text, "The job's own id of the run.", sheet => sheet.JobRunId, Nullable: true),
        new("total_pairs", BigInt, "Pairs there are.", sheet => sheet.Tally.Total),
        new("labeled_pairs", BigInt, "Labelled pairs.", sheet => sheet.Tally.Labeled),
        new("unlabeled_pairs", BigInt, "Pairs that wait for a decision.", sheet => sheet.Tally.Unlabeled),
        new("rejected_pairs", BigInt, "Rejected pairs.", sheet => sheet.Tally.Rejected),
        new("flagged_pairs", BigInt, "Flagged pairs.", sheet => sheet.Tally.Flagged),
        new("statistics", ColumnKind.Json, "What the generation did so far.", sheet => DomainJson.Write(sheet.Statistics)),
        new("created_at", ColumnKind.Timestamp, "When it was asked for.", sheet => sheet.CreatedAt),
        new("created_by", Text, "Who asked for it.", sheet => sheet.CreatedBy),
        new("run_id", Text, "The run that is at work on it.", sheet => sheet.Lease.Run?.ToString(), Nullable: true),
        new("run_epoch", Integer, "How often a run took it; who took an earlier one writes nothing more.", sheet => sheet.Lease.Epoch, Nullable: true),
        new("run_seen_at", ColumnKind.Timestamp, "When the run was seen last.", sheet => sheet.Lease.SeenAt, Nullable: true),
    ]);

    /// <summary>The columns that say where a training sheet stands; everything else is settled when it begins, the job's run aside.</summary>
    public static IReadOnlyList<ColumnDefinition<TrainingSheetState>> Standing { get; } = Table.Only(
        "status", "status_reason", "total_pairs", "labeled_pairs", "unlabeled_pairs", "rejected_pairs", "flagged_pairs", "statistics", "run_id", "run_seen_at");

    /// <summary>The columns of the lease, which came with version 2 of the schema.</summary>
    public static IReadOnlyList<ColumnDefinition> Lease { get; } = Table.Only("run_id", "run_epoch", "run_seen_at");

    public static TrainingSheet Read(SqlRow row) => TrainingSheet.Restore(new TrainingSheetState
    {
        Id = new TrainingSheetId(row.Text("id")),
        Name = row.Text("name"),
        Recipe = new GenerationRecipe(
            SheetRows.Restore(row.Text("sheet_id"), row.Json<SheetDraft>("sheet")),
            PromptTemplateRows.Restore(row.Text("template_id"), row.Integer("template_version"), row.Json<TemplateDraft>("template")),
            row.Json<GenerationConfig>("generation_config")),
        Status = row.Word<TrainingSheetStatus>("status"),
        StatusReason = row.JsonOrNull<StatusReason>("status_reason"),
        Mode = row.Word<ExecutionMode>("mode"),
        JobRunId = row.TextOrNull("job_run_id"),
        Tally = new PairTally(row.Number("labeled_pairs"), row.Number("unlabeled_pairs"), row.Number("rejected_pairs"), row.Number("flagged_pairs")),
        Statistics = row.Json<GenerationStatistics>("statistics"),
        Lease = new RunLease(
            row.IntegerOrNull("run_epoch") ?? 0,
            row.TextOrNull("run_id") is { } run ? Guid.Parse(run) : null,
            row.TimestampOrNull("run_seen_at")),
        CreatedAt = row.Timestamp("created_at"),
        CreatedBy = row.Text("created_by"),
    });
}
