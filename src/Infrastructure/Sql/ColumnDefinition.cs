using System.Text;
using Mirion.Generation.Application.Common;

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
    /// <summary>
    /// Writes the JSON of a row, or nothing for null, where a store can take it as bytes; it is the same text that <see cref="Value"/> is. Null for a column
    /// whose value is at hand.
    /// </summary>
    public Action<TRow, CompactJsonWriter>? WriteJson { get; private init; }

    /// <summary>A column that holds the JSON which <paramref name="write"/> writes of a row, or null where it writes nothing.</summary>
    public static ColumnDefinition<TRow> OfJson(string name, string comment, Action<TRow, CompactJsonWriter> write, bool nullable = false) =>
        new(name, ColumnKind.Json, comment, row => Text(row, write), nullable) { WriteJson = write };

    /// <summary>The value of a row, as statements take it.</summary>
    public SqlValue Of(TRow row) => new(Kind, Value(row));

    private static string? Text(TRow row, Action<TRow, CompactJsonWriter> write)
    {
        var json = new CompactJsonWriter();
        write(row, json);
        return json.Written.IsEmpty ? null : Encoding.UTF8.GetString(json.Written);
    }
}
