using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Api.Endpoints;

/// <summary>Ids as they stand in paths and queries.</summary>
internal static class Ids
{
    private const int LongestEcho = 128;

    /// <summary>The sheet a path names; what cannot be an id names none.</summary>
    public static Result<SheetId> Sheet(string text) => Identifier.IsValid(text) ? new SheetId(text) : NotFound("sheet_not_found", "sheet", text);

    /// <summary>The template a path names; what cannot be an id names none.</summary>
    public static Result<TemplateId> Template(string text) =>
        Identifier.IsValid(text) ? new TemplateId(text) : NotFound("template_not_found", "template", text);

    /// <summary>The label a path names; what cannot be an id names none.</summary>
    public static Result<CanonicalLabelId> Label(string text) =>
        Identifier.IsValid(text) ? new CanonicalLabelId(text) : NotFound("label_not_found", "canonical label", text);

    /// <summary>The training sheet a path names; what cannot be an id names none.</summary>
    public static Result<TrainingSheetId> TrainingSheet(string text) =>
        Identifier.IsValid(text) ? new TrainingSheetId(text) : NotFound("training_sheet_not_found", "training sheet", text);

    /// <summary>The item a query names.</summary>
    public static Result<ItemRef> Item(string? text, string field) =>
        string.IsNullOrEmpty(text) ? Error.InvalidField(field, "Name the item.") : new ItemRef(text);

    private static Error NotFound(string code, string what, string text) =>
        new(ErrorKind.NotFound, code, $"There is no {what} '{(text.Length > LongestEcho ? text[..LongestEcho] + "…" : text)}'.");
}
