using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Testing.Builders;

/// <summary>Training sheets, legal by default.</summary>
public static class TrainingSheetBuilder
{
    /// <summary>A training sheet whose generation begins.</summary>
    public static TrainingSheet Generating(
        string id = "ts-1",
        string? name = null,
        Sheet? sheet = null,
        PromptTemplate? template = null,
        GenerationConfig? config = null,
        ExecutionMode mode = ExecutionMode.Sync,
        long totalItems = 10,
        string createdBy = "ml.engineer",
        DateTimeOffset? createdAt = null) => TrainingSheet.Begin(
            new TrainingSheetId(id),
            name,
            new GenerationRecipe(sheet ?? SheetBuilder.Table(), template ?? TemplateBuilder.Template(), config ?? new GenerationConfig()),
            mode,
            totalItems,
            createdBy,
            createdAt ?? Times.Start);

    /// <summary>This training sheet with <paramref name="pairs"/> counted as written.</summary>
    public static TrainingSheet Having(this TrainingSheet sheet, params IReadOnlyList<QAPair> pairs) =>
        sheet.Record(PairTally.Of(pairs.Select(pair => pair.Status)), PairTally.Empty, new GenerationStatistics()).Value;

    /// <summary>This training sheet with its generation done.</summary>
    public static TrainingSheet Completed(this TrainingSheet sheet) => sheet.Complete().Value;

    /// <summary>This training sheet with its generation failed.</summary>
    public static TrainingSheet FailedWith(this TrainingSheet sheet, string code = "foundation_model_failed") =>
        sheet.Fail(new StatusReason(code, "The endpoint refused the credentials.")).Value;
}
