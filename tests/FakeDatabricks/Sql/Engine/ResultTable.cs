using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>What a statement answered.</summary>
/// <param name="Columns">The columns; none after a change of the catalog.</param>
/// <param name="Rows">The rows, every value as text; a moment keeps its microseconds until it is printed.</param>
internal sealed record ResultTable(IReadOnlyList<DataField> Columns, IReadOnlyList<string?[]> Rows)
{
    public static readonly ResultTable None = new([], []);

    /// <summary>One row of numbers.</summary>
    public static ResultTable Counts(IEnumerable<(string Name, int Count)> counts)
    {
        var list = counts.ToList();
        return new ResultTable(
            [.. list.Select(count => new DataField(count.Name, DataType.Long))], [[.. list.Select(count => count.Count.ToString(System.Globalization.CultureInfo.InvariantCulture))]]);
    }
}
