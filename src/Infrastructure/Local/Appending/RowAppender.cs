using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Local.Appending;

/// <summary>
/// Appends rows to a table column by column, straight into the vectors that DuckDB stores: an appender that takes values one at a time looks each one's
/// type up and copies each text once more, which for a wide table costs more than all that DuckDB does with it.
/// </summary>
internal static class RowAppender
{
    // What DuckDB calls a standard vector.
    private const int ChunkRows = 2048;

    /// <summary>Appends rows to a table of the database file.</summary>
    /// <exception cref="DuckDbAppendException">DuckDB did not take them.</exception>
    /// <exception cref="ArgumentException">A text holds half a surrogate pair.</exception>
    public static void Append<TRow>(this DuckDBConnection connection, TableDefinition<TRow> table, IReadOnlyCollection<TRow> rows) =>
        Append(connection, null, table.Name, table.Columns, rows);

    /// <summary>Appends rows of the shape of <paramref name="columns"/> to a table.</summary>
    /// <param name="connection">The connection, in whose transaction they are appended.</param>
    /// <param name="catalog">The catalog of the table; null for the database file.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="columns">Its columns, in its own order.</param>
    /// <param name="rows">The rows.</param>
    public static void Append<TRow>(
        DuckDBConnection connection, string? catalog, string table, IReadOnlyList<ColumnDefinition<TRow>> columns, IReadOnlyCollection<TRow> rows)
    {
        var created = NativeMethods.Appender.DuckDBAppenderCreateExt(connection.NativeConnection, catalog!, null!, table, out var appender);
        using (appender)
        {
            Require(created, appender);
            var types = columns.Select((_, index) => NativeMethods.Appender.DuckDBAppenderColumnType(appender, (ulong)index)).ToArray();
            try
            {
                using var chunk = NativeMethods.DataChunks.DuckDBCreateDataChunk([.. types.Select(type => type.DangerousGetHandle())], (ulong)types.Length);
                var bytes = new TextBytes();
                foreach (var part in rows.Chunk(ChunkRows)) Append(appender, chunk, columns, part, bytes);
                Require(NativeMethods.Appender.DuckDBAppenderClose(appender), appender);
            }
            finally
            {
                foreach (var type in types) type.Dispose();
            }
        }
    }

    private static void Append<TRow>(DuckDB.NET.Native.DuckDBAppender appender, DuckDBDataChunk chunk, IReadOnlyList<ColumnDefinition<TRow>> columns, TRow[] rows, TextBytes bytes)
    {
        NativeMethods.DataChunks.DuckDBDataChunkReset(chunk);
        for (var i = 0; i < columns.Count; i++)
        {
            new ColumnVector(NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, i), bytes).Fill(columns[i], rows);
        }

        NativeMethods.DataChunks.DuckDBDataChunkSetSize(chunk, (ulong)rows.Length);
        Require(NativeMethods.Appender.DuckDBAppendDataChunk(appender, chunk), appender);
    }

    private static void Require(DuckDBState state, DuckDB.NET.Native.DuckDBAppender appender)
    {
        if (state is DuckDBState.Success) return;
        using var error = NativeMethods.Appender.DuckDBAppenderErrorData(appender);
        throw new DuckDbAppendException(error.Message ?? "The rows were not appended.");
    }
}

/// <summary>Rows were not taken; DuckDB.NET's own exception is only for itself to make.</summary>
/// <param name="message">What DuckDB said.</param>
internal sealed class DuckDbAppendException(string message) : Exception(message);
