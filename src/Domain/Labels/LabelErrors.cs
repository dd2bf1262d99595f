using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.Labels;

/// <summary>The refusals that concern canonical labels.</summary>
public static class LabelErrors
{
    /// <summary>No label has this id.</summary>
    public static Error NotFound(CanonicalLabelId id) => new(ErrorKind.NotFound, "label_not_found", $"There is no canonical label '{id}'.");

    /// <summary>No label has this key.</summary>
    public static Error NotFound(CanonicalLabelKey key) => new(
        ErrorKind.NotFound,
        "label_not_found",
        $"Sheet '{key.SheetId}' has no canonical label of type '{key.LabelType}' for item '{key.ItemRef}'.");

    /// <summary>The code of a label whose data breaks the schema of its type.</summary>
    public const string SchemaMismatchCode = "label_schema_mismatch";

    /// <summary>The label's data breaks the schema of its type.</summary>
    /// <param name="what">How, without anything of the data.</param>
    public static Error SchemaMismatch(string what) => new(ErrorKind.Unprocessable, SchemaMismatchCode, $"label_data: {what}")
    {
        Fields = new Dictionary<string, string[]> { ["label_data"] = [what] },
    };
}
