using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using static Mirion.Generation.Infrastructure.Sql.ColumnKind;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>Usage constraints, which labels and pairs keep in the same four columns.</summary>
internal static class UsageColumns
{
    /// <summary>The columns, where <paramref name="usage"/> finds the constraints of a row.</summary>
    public static ColumnDefinition<TRow>[] Of<TRow>(Func<TRow, UsagePolicy> usage) =>
    [
        new("allowed_uses", TextList, "Uses allowed: training, validation, evaluation, few_shot, testing.", row => UseNames.Of(usage(row).Allowed)),
        new("prohibited_uses", TextList, "Uses prohibited; a prohibition wins over a permission.", row => UseNames.Of(usage(row).Prohibited)),
        new("usage_reason", Text, "Why the uses are what they are.", row => usage(row).Reason, Nullable: true),
        new(
            "data_classification",
            Text,
            "public, internal, confidential or restricted.",
            row => usage(row).Classification is { } classification ? SnakeCase<DataClassification>.Of(classification) : null,
            Nullable: true),
    ];

    /// <summary>The constraints of a row.</summary>
    public static UsagePolicy Read(SqlRow row) => ReadUses(row) with
    {
        Reason = row.TextOrNull("usage_reason"),
        Classification = row.WordOrNull<DataClassification>("data_classification"),
    };

    /// <summary>The constraints of a row without their reason and classification.</summary>
    public static UsagePolicy ReadUses(SqlRow row) => new(Uses(row, "allowed_uses"), Uses(row, "prohibited_uses"));

    private static Uses Uses(SqlRow row, string column) =>
        UseNames.TryParse(row.Texts(column), out var uses) ? uses : throw new FormatException($"The stored column '{column}' names a use there is not.");
}
