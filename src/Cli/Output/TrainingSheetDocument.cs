using System.Text.Json;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Cli.Output;

/// <summary>A training sheet as the HTTP API answers with it.</summary>
internal sealed record TrainingSheetDocument(
    string Id,
    string TrainingSheetId,
    string Name,
    string SheetId,
    string TemplateId,
    int TemplateVersion,
    TrainingSheetStatus Status,
    StatusReason? StatusReason,
    ExecutionMode Mode,
    string? JobRunId,
    long TotalPairs,
    long LabeledPairs,
    long UnlabeledPairs,
    long RejectedPairs,
    long FlaggedPairs,
    GenerationConfig GenerationConfig,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    GenerationStatistics Statistics)
{
    /// <summary><paramref name="sheet"/> as JSON.</summary>
    public static string Write(TrainingSheet sheet) => JsonSerializer.Serialize(Of(sheet), DomainJson.Options);

    private static TrainingSheetDocument Of(TrainingSheet sheet) => new(
        sheet.Id.Value,
        sheet.Id.Value,
        sheet.State.Name,
        sheet.Recipe.Sheet.Id.Value,
        sheet.Recipe.Template.Id.Value,
        sheet.Recipe.Template.Version,
        sheet.Status,
        sheet.State.StatusReason,
        sheet.State.Mode,
        sheet.State.JobRunId,
        sheet.Tally.Total,
        sheet.Tally.Labeled,
        sheet.Tally.Unlabeled,
        sheet.Tally.Rejected,
        sheet.Tally.Flagged,
        sheet.Recipe.Config,
        sheet.State.CreatedAt,
        sheet.State.CreatedBy,
        sheet.State.Statistics);
}
