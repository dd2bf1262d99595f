using DuckDB.NET.Data;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Sources.Filters;
using Mirion.Generation.Infrastructure.Sources.Queries;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>A filter found harmless.</summary>
/// <param name="Condition">The condition over the aliases of typed columns.</param>
/// <param name="Columns">The columns it refers to.</param>
internal sealed record TableFilter(string Condition, IReadOnlyCollection<TableColumn> Columns)
{
    /// <summary>What stands behind <paramref name="from"/>, with the typed columns beside it.</summary>
    public string Typed(string from) => $"(SELECT *{string.Concat(Columns.Select(column => $", {column.Typed} AS {column.Alias}"))} FROM {from})";
}

/// <summary>Makes a sheet's filter a condition over its table's typed columns.</summary>
internal static class FilterExpression
{
    /// <summary>The filter that <paramref name="text"/> is, or why it is none.</summary>
    public static async Task<Result<TableFilter>> CheckAsync(
        DuckDBConnection connection, string text, TableFile file, TableShape shape, CancellationToken cancellationToken)
    {
        try
        {
            if (!(await FilterSyntax.ReadAsync(connection, text, shape.Columns, cancellationToken)).TryGet(out var read, out var error)) return error;
            var condition = $"({await FilterSyntax.WriteAsync(connection, read.Statement, cancellationToken)})";
            var filter = new TableFilter(condition, [.. read.Columns.Cast<TableColumn>()]);
            return await TypeOfAsync(connection, filter, file, shape, cancellationToken) is var type && type == "BOOLEAN" ? filter : FilterSyntax.NoCondition(type);
        }
        catch (DuckDBException e)
        {
            return SheetErrors.FilterInvalid(FilterSyntax.Complaint(e.Message));
        }
    }

    private static Task<string> TypeOfAsync(
        DuckDBConnection connection, TableFilter filter, TableFile file, TableShape shape, CancellationToken cancellationToken) =>
        new SqlQuery($"DESCRIBE SELECT {filter.Condition} FROM {filter.Typed(shape.From)}", file.Parameter)
            .SingleAsync(connection, row => row.GetString(1), cancellationToken);
}
