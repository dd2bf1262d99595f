using Mirion.Generation.Application.Schemas;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>The refusals of a generation request, and the failures of single items.</summary>
internal static class GenerationErrors
{
    private const string SchemaMismatch = "schema_mismatch";

    /// <summary>The item has nothing to ask about.</summary>
    public static GenerationError EmptyPromptData { get; } =
        new("empty_prompt_data", "Everything the template refers to is null or blank in this item, so nothing was asked.");

    /// <summary>The column of existing answers is blank.</summary>
    public static GenerationError EmptyResponse(string column) => new("empty_response", $"The column '{column}' is null or blank in this item.");

    /// <summary>A column's answer breaks the template's schema.</summary>
    public static GenerationError ColumnMismatch(string column, SchemaFault fault) =>
        new(SchemaMismatch, $"What the column '{column}' holds does not match the template's output_schema: {fault}.");

    /// <summary>A model's answer breaks the template's schema.</summary>
    /// <param name="fault">How.</param>
    /// <param name="calls">How often it was asked.</param>
    public static GenerationError AnswerMismatch(SchemaFault fault, int calls) => new(
        SchemaMismatch,
        $"The answer does not match the template's output_schema{(calls > 1 ? ", nor did the one before, whose fault the model was told" : "")}: {fault}.");

    /// <summary>An image cannot be shown to a model.</summary>
    public static Error ImageUnreadable(string reason) => new(ErrorKind.Unprocessable, "image_unreadable", reason);

    /// <summary>The source lacks the column of existing answers.</summary>
    public static Error ResponseColumnUnknown(string column, IEnumerable<string> columns) => new(
        ErrorKind.Unprocessable,
        "response_column_unknown",
        $"response_column names '{column}', which the source does not have. Its columns are: {string.Join(", ", columns)}.");

    /// <summary>An idempotency key stands for one request.</summary>
    public static Error IdempotencyKeyReused(TrainingSheetId id) => new(
        ErrorKind.Unprocessable,
        "idempotency_key_reused",
        $"The Idempotency-Key was used before for another sheet or template: training sheet '{id}'. Use a new key for a new generation.");
}
