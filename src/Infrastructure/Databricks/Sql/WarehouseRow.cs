using System.Globalization;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>
/// A row of a result. Every cell is text: numbers as they are written, moments as microseconds since 1970, lists as JSON; see <see cref="DatabricksDialect.Selected"/>.
/// </summary>
internal sealed class WarehouseRow : SqlRow
{
    private readonly Dictionary<string, int> _ordinals = new(StringComparer.Ordinal);

    /// <summary>A row of these columns, without cells so far.</summary>
    public WarehouseRow(ResultManifest manifest)
    {
        foreach (var column in manifest.Schema?.Columns ?? []) _ordinals.TryAdd(column.Name ?? "", Columns++);
    }

    /// <summary>How many columns it has.</summary>
    public int Columns { get; }

    /// <summary>The cells it has now.</summary>
    public string?[] Cells { get; private set; } = [];

    /// <summary>Takes the cells of the next row.</summary>
    /// <exception cref="DatabricksException">They are not as many as the columns.</exception>
    public WarehouseRow With(string?[] cells)
    {
        if (cells.Length != Columns) throw new DatabricksException($"The warehouse sent a row of {cells.Length} cells where there are {Columns} columns.");
        Cells = cells;
        return this;
    }

    /// <summary>Whether there is such a column.</summary>
    public bool Has(string column) => _ordinals.ContainsKey(column);

    public override string? TextOrNull(string column) => Cells[_ordinals[column]];

    public override long? NumberOrNull(string column) => TextOrNull(column) is { } text ? long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;

    public override double? DoubleOrNull(string column) => TextOrNull(column) is { } text ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    public override DateTimeOffset? TimestampOrNull(string column) => TextOrNull(column) is { } text ? WarehouseTime.Read(text) : null;

    public override IReadOnlyList<string>? TextsOrNull(string column) => TextOrNull(column) is { } text ? DomainJson.Read<IReadOnlyList<string>>(text) : null;
}
