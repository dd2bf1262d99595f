using System.Collections.Concurrent;
using DuckDB.NET.Data;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>
/// The shapes of tables. Finding one out takes a pass over the whole file, so that a type holds for every row; it is kept until the file
/// changes.
/// </summary>
internal sealed class TableShapes
{
    private readonly ConcurrentDictionary<string, (TableFile File, TableShape Shape)> _known = new(StringComparer.Ordinal);

    /// <summary>The shape of the table in this file, or why it is none.</summary>
    public async Task<Result<TableShape>> FindAsync(DuckDBConnection connection, TableFile file, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(file.Path, out var known) && known.File.Stamp == file.Stamp) return known.Shape;
        if (!(await InspectAsync(connection, file, cancellationToken)).TryGet(out var shape, out var error)) return error;
        file.EnsureUnchanged();
        _known[file.Path] = (file, shape);
        return shape;
    }

    private static async Task<Result<TableShape>> InspectAsync(DuckDBConnection connection, TableFile file, CancellationToken cancellationToken)
    {
        try
        {
            return Path.GetExtension(file.Path).ToLowerInvariant() switch
            {
                CsvFormat.Extension => await CsvFormat.InspectAsync(connection, file, cancellationToken),
                ParquetFormat.Extension => await ParquetFormat.InspectAsync(connection, file, cancellationToken),
                _ => await JsonLinesFormat.InspectAsync(file, cancellationToken),
            };
        }
        catch (DuckDBException e)
        {
            return DuckDbFaults.Explain(e, file, filtered: false);
        }
    }
}
