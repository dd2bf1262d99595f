using DuckDB.NET.Data;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Infrastructure.Sources.Queries;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>
/// Tables as CSV (RFC 4180): UTF-8, a header, commas, double quotes, every row as long as the header. Nothing of this is guessed from the
/// content. Cells are text as they stand in the file, an empty one is null, and <c>true</c> and <c>false</c> are booleans in a column that holds
/// nothing else. The types are for filters.
/// </summary>
internal static class CsvFormat
{
    public const string Extension = ".csv";

    private const string Text = "VARCHAR";

    // DuckDB reads a file in blocks of sixteen times its longest line, 32 MB, some for every thread. It takes no shorter block than two lines.
    private const int BufferBytes = 4_194_304;
    private const string Dialect = """header = true, delim = ',', quote = '"', escape = '"', comment = ''""";

    // Only types whose text reads the same wherever it was written; 01/02/2026 is a date that means two days.
    private static readonly HashSet<string> Recognised = ["BOOLEAN", "BIGINT", "DOUBLE", "DATE", "TIME", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE"];

    /// <summary>The table's shape, having read the whole file.</summary>
    /// <exception cref="DuckDBException">A row is not what the header says.</exception>
    public static async Task<Result<TableShape>> InspectAsync(DuckDBConnection connection, TableFile file, CancellationToken cancellationToken)
    {
        if (!CsvHeader.Read(file).TryGet(out var names, out var error)) return error;
        var from = From(names.Count);
        await CheckEveryRowAsync(connection, file, from, names.Count, cancellationToken);
        var types = await SniffAsync(connection, file, names.Count, cancellationToken);
        return new CellTable(from, [.. names.Select((name, index) => ColumnOf(index, name, types[index]))]);
    }

    private static string From(int width)
    {
        var columns = string.Join(", ", Enumerable.Range(0, width).Select(index => $"'c{index}': '{Text}'"));
        return $$"""
            read_csv($path, auto_detect = false, buffer_size = {{BufferBytes}}, {{Dialect}}, nullstr = '', strict_mode = true, null_padding = false, ignore_errors = false,
                hive_partitioning = false, columns = { {{columns}} })
            """;
    }

    // Asking for something of every cell makes DuckDB parse all of them: it skips what a query does not look at.
    private static Task<long> CheckEveryRowAsync(
        DuckDBConnection connection, TableFile file, string from, int width, CancellationToken cancellationToken)
    {
        var lengths = string.Join(", ", Enumerable.Range(0, width).Select(index => $"max(strlen(c{index}))"));
        return new SqlQuery($"SELECT count(*), {lengths} FROM {from}", file.Parameter).SingleAsync(connection, row => row.GetInt64(0), cancellationToken);
    }

    private static async Task<string[]> SniffAsync(DuckDBConnection connection, TableFile file, int width, CancellationToken cancellationToken)
    {
        var query = new SqlQuery(
            $"""
            WITH sniffed AS (SELECT * FROM sniff_csv($path, {Dialect}, skip = 0, sample_size = -1))
            SELECT list_transform(Columns, lambda c: c.type), coalesce(DateFormat, ''), coalesce(TimestampFormat, '') FROM sniffed
            """,
            file.Parameter);
        try
        {
            return await query.SingleAsync(connection, row => TypesOf(row, width), cancellationToken);
        }
        catch (DuckDBException)
        {
            // The rows are sound; that DuckDB cannot make sense of their types only means that a filter sees text.
            return AllText(width);
        }
    }

    private static string[] TypesOf(DuckDBDataReader row, int width)
    {
        var types = row.GetFieldValue<List<string>>(0);
        var (dates, timestamps) = (IsYearFirst(row.GetString(1)), IsYearFirst(row.GetString(2)));
        return types.Count != width
            ? AllText(width)
            : [.. types.Select(type => Recognised.Contains(type) && (type != "DATE" || dates) && (!type.StartsWith("TIMESTAMP", StringComparison.Ordinal) || timestamps) ? type : Text)];
    }

    private static bool IsYearFirst(string format) => format.Length == 0 || format.StartsWith("%Y-%m-%d", StringComparison.Ordinal);

    private static string[] AllText(int width) => [.. Enumerable.Repeat(Text, width)];

    private static CellColumn ColumnOf(int index, string name, string type)
    {
        var cell = $"c{index}";
        // A strict cast: a cell that does not fit its type must not drop out of a filter unseen.
        var typed = type == Text ? cell : $"CAST({cell} AS {type})";
        return new CellColumn(index, name, type, cell, typed, cell, type == "BOOLEAN" ? Cells.BooleanOrText : Cells.Text);
    }
}
