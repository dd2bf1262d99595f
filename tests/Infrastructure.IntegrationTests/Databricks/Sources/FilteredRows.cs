using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.IntegrationTests.Local.Sources;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sources;

/// <summary>The same rows of every type on both workspaces, to be filtered.</summary>
internal sealed class FilteredRows : IAsyncDisposable
{
    private static readonly TypedColumn[] Columns =
    [
        new("id", "VARCHAR", "STRING"), new("n", "INTEGER", "INT"), new("big", "BIGINT", "BIGINT"), new("score", "DOUBLE", "DOUBLE"), new("price", "DECIMAL(10,2)", "DECIMAL(10,2)"),
        new("line", "VARCHAR", "STRING"), new("notes", "VARCHAR", "STRING"), new("seen", "DATE", "DATE"), new("moment", "TIMESTAMPTZ", "TIMESTAMP"), new("clock", "TIMESTAMP", "TIMESTAMP_NTZ"),
        new("flag", "BOOLEAN", "BOOLEAN"), new("Odd ~Name", "VARCHAR", "STRING"), new("ratio", "FLOAT", "FLOAT"), new("small", "SMALLINT", "SMALLINT"),
    ];

    private FilteredRows(DatabricksSources databricks) => Databricks = databricks;

    public LocalFiles Local { get; } = new();

    public DatabricksSources Databricks { get; }

    public static async Task<FilteredRows> PlaceAsync()
    {
        var rows = new FilteredRows(await DatabricksSources.StartAsync());
        await TypedRows.PlaceAsync(
            rows.Local,
            rows.Databricks,
            Columns,
            ["1", "1", "10000000000", "0.25", "1.50", "A", "It's fine", "2026-01-01", "2026-01-01 00:30:00", "2026-01-01 23:59:59", "true", "x", "0.1", "1"],
            ["2", "2", "2", "0.5", "2.55", "B", "100% ok", "2026-02-28", "2026-02-28 23:30:00", "2026-03-01 00:00:00", "false", "y", "0.5", "2"],
            ["3", "-7", "0", null, null, "A", null, "2026-03-01", null, null, null, "“z”", "-1.5", "-3"],
            ["4", null, null, "NaN", "-0.01", "é漢😀", " a_b\\c ", null, "2026-12-31 12:00:00.25", "2024-02-29 12:34:56", "true", "", null, null],
            ["5", "0", "5", "-2.5", "100.00", "", "12", "2024-02-29", "2026-06-15 06:07:08", "2026-06-15 06:07:08", "false", "12.5", "0", "0"],
            ["6", "100", "7", "Infinity", "0.00", "a", "2026-01-05", "2026-11-22", "2026-11-22 10:00:00", "2026-11-22 10:00:00", "true", "abc123", "3", "7"]);
        return rows;
    }

    /// <summary>A sheet of the rows that pass a filter.</summary>
    public static Sheet Sheet(string filter) => SheetBuilder.Table(table: DatabricksSources.Table, itemIdColumn: "id", filter: filter);

    public async ValueTask DisposeAsync()
    {
        await Local.DisposeAsync();
        await Databricks.DisposeAsync();
    }
}
