namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>What sort of value a column holds; a dialect knows the store's type for each.</summary>
internal enum ColumnKind
{
    Text,
    Uuid,
    Integer,
    BigInt,
    Double,
    Boolean,

    /// <summary>A moment in UTC, to the microsecond.</summary>
    Timestamp,

    /// <summary>JSON whose value matters, and may be written anew: members in another order, numbers in another form.</summary>
    Json,

    /// <summary>JSON whose very text matters.</summary>
    JsonText,

    /// <summary>A list of texts without nulls.</summary>
    TextList,
}

/// <summary>A column of one of the product's own tables.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Comment">What it means; stands in the store for whoever reads the table there.</param>
/// <param name="Nullable">Whether it may be null.</param>
internal record ColumnDefinition(string Name, ColumnKind Kind, string Comment, bool Nullable = false);

/// <summary>A column that knows its value of a row.</summary>
/// <typeparam name="TRow">What a row of the table is.</typeparam>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Comment">What it means.</param>
/// <param name="Value">
/// The value of a row, of the type that goes with <paramref name="Kind"/>: string, Guid, int, long, double, bool, DateTimeOffset, string, or a list
/// of strings.
/// </param>
/// <param name="Nullable">Whether it may be null.</param>
internal sealed record ColumnDefinition<TRow>(string Name, ColumnKind Kind, string Comment, Func<TRow, object?> Value, bool Nullable = false)
    : ColumnDefinition(Name, Kind, Comment, Nullable)
{
    /// <summary>The value of a row, as statements take it.</summary>
    public SqlValue Of(TRow row) => new(Kind, Value(row));
}
