using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Databricks.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Tables;

/// <summary>What went wrong, in the terms of a sheet.</summary>
internal static class DeltaFaults
{
    /// <summary>A refusal that comes where only data was expected: the source is no longer what it was when it was checked.</summary>
    public static UpstreamException While(Error error, Exception? inner = null) => new DatabricksException(error.Message, inner: inner);

    /// <summary>The value, or the refusal as an exception.</summary>
    public static T OrThrow<T>(this Result<T> result)
        where T : notnull => result.TryGet(out var value, out var error) ? value : throw While(error);

    /// <summary>The table may be there, but not for these credentials.</summary>
    public static Error Forbidden(SheetSource source) => SheetErrors.SourceUnreadable(
        source, "the credentials may not see it. It takes USE CATALOG and USE SCHEMA, and SELECT on a table or READ VOLUME on a volume.");

    /// <summary>The refusal that a failed statement over a table amounts to; null when it is the warehouse that failed.</summary>
    public static Error? Explain(StatementFailedException failure, DeltaTable table) => failure switch
    {
        { Condition: "TABLE_OR_VIEW_NOT_FOUND" or "SCHEMA_NOT_FOUND" or "NO_SUCH_CATALOG_EXCEPTION" } or { SqlState: "42P01" } =>
            SheetErrors.SourceNotFound(table.Source, "Unity Catalog has no such table or view any more."),
        { SqlState: "42501" } or { Condition: "INSUFFICIENT_PERMISSIONS" or "PERMISSION_DENIED" } => Forbidden(table.Source),
        { Condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION" or "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION" } =>
            SheetErrors.SourceUnreadable(table.Source, "its columns were changed just now."),
        // SQLSTATE class 22 is trouble with a value; the only expression over values is the filter.
        { SqlState: { } state } when table.Filter is not null && state.StartsWith("22", StringComparison.Ordinal) =>
            SheetErrors.FilterInvalid("It fails for some rows: a value there does not convert as it asks, or a number grows too large. TRY_CAST gives null for a value that does not convert."),
        _ => null,
    };
}
