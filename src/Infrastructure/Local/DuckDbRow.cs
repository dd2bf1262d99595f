using DuckDB.NET.Data;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Local;

/// <summary>The row a reader stands on.</summary>
internal sealed class DuckDbRow : SqlRow
{
    private readonly DuckDBDataReader _reader;
    private readonly Dictionary<string, int> _ordinals = new(StringComparer.Ordinal);

    /// <summary>Follows <paramref name="reader"/> from row to row.</summary>
    public DuckDbRow(DuckDBDataReader reader)
    {
        _reader = reader;
        for (var i = 0; i < reader.FieldCount; i++) _ordinals.Add(reader.GetName(i), i);
    }

    public override string? TextOrNull(string column) => Find(column, out var i) ? _reader.GetString(i) : null;

    public override long? NumberOrNull(string column) => Find(column, out var i) ? _reader.GetInt64(i) : null;

    public override double? DoubleOrNull(string column) => Find(column, out var i) ? _reader.GetDouble(i) : null;

    public override DateTimeOffset? TimestampOrNull(string column) =>
        Find(column, out var i) ? new DateTimeOffset(DateTime.SpecifyKind(_reader.GetDateTime(i), DateTimeKind.Utc)) : null;

    public override IReadOnlyList<string>? TextsOrNull(string column) => Find(column, out var i) ? _reader.GetFieldValue<List<string>>(i) : null;

    private bool Find(string column, out int ordinal)
    {
        ordinal = _ordinals[column];
        return !_reader.IsDBNull(ordinal);
    }
}
