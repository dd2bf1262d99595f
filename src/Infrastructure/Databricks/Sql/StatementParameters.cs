using System.Globalization;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>The values of a statement as the API takes them: each a text, with the name of its type.</summary>
internal static class StatementParameters
{
    /// <summary>The API refuses a statement with one more.</summary>
    private const int MostParameters = 256;

    /// <summary>What the vendor's own drivers state for the values of a statement together; what is larger goes through a file.</summary>
    private const int MostBytes = 1_000_000;

    /// <summary>The API refuses a longer text.</summary>
    private const int MostTextBytes = 16 * 1024 * 1024;

    /// <summary>The values of <paramref name="sql"/>.</summary>
    /// <exception cref="DatabricksException">The statement is larger than a warehouse takes.</exception>
    /// <exception cref="ArgumentException">A text holds half a surrogate pair.</exception>
    public static IReadOnlyList<StatementParameter>? Of(BoundSql sql)
    {
        Check("parameters", sql.Parameters.Count, MostParameters);
        Check("bytes of text", StrictUtf8.Encoding.GetByteCount(sql.Text), MostTextBytes);
        StatementParameter[] parameters = [.. sql.Parameters.Select(parameter => new StatementParameter(parameter.Name, Text(parameter.Value), TypeOf(parameter.Value.Kind)))];
        Check("bytes of values", parameters.Sum(parameter => parameter.Value is null ? 0L : StrictUtf8.Encoding.GetByteCount(parameter.Value)), MostBytes);
        return parameters.Length == 0 ? null : parameters;
    }

    // What is no type of a parameter is sent as text, which the dialect's expression converts.
    private static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Integer => "INT",
        ColumnKind.BigInt => "BIGINT",
        ColumnKind.Double => "DOUBLE",
        ColumnKind.Boolean => "BOOLEAN",
        ColumnKind.Timestamp => "TIMESTAMP",
        _ => "STRING",
    };

    private static string? Text(SqlValue value) => value.Value switch
    {
        null => null,
        string text => text,
        bool truth => truth ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTimeOffset time => WarehouseTime.Write(time),
        IEnumerable<string> texts => DomainJson.Write(texts),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        var other => throw new ArgumentException($"A {other.GetType().Name} is no value of a statement.", nameof(value)),
    };

    private static void Check(string what, long count, int most)
    {
        if (count > most) throw new DatabricksException($"A SQL statement has {count} {what}, and Databricks takes {most} at most. It was not sent.");
    }
}
