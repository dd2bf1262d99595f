using System.Diagnostics;
using System.Text;
using DuckDB.NET.Data;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Local;

/// <summary>Values on their way into DuckDB.</summary>
internal static class DuckDbValues
{
    // Refuses half a surrogate pair, which is no character and would be stored as another one.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The parameter that carries a value; see <see cref="DuckDbDialect.Parameter"/>.</summary>
    /// <exception cref="ArgumentException">A text holds half a surrogate pair.</exception>
    public static DuckDBParameter Parameter(SqlParameter parameter) => new(parameter.Name, parameter.Value switch
    {
        { Value: null } => null,
        { Kind: ColumnKind.TextList, Value: IEnumerable<string> texts } => Strict.GetBytes(DomainJson.Write(texts)),
        { Value: string text } => Strict.GetBytes(text),
        { Value: DateTimeOffset time } => time.UtcDateTime,
        { Value: var value } => value,
    });

    /// <summary>Appends a value to a row.</summary>
    /// <exception cref="ArgumentException">A text holds half a surrogate pair.</exception>
    public static void Append(this IDuckDBAppenderRow row, object? value) => _ = value switch
    {
        null => row.AppendNullValue(),
        string text => row.AppendValue(Strict.GetBytes(text)),
        int number => row.AppendValue(number),
        long number => row.AppendValue(number),
        double number => row.AppendValue(number),
        bool truth => row.AppendValue(truth),
        Guid id => row.AppendValue(id),
        DateTimeOffset time => row.AppendValue(time.UtcDateTime),
        IEnumerable<string> texts => row.AppendValue(texts),
        _ => throw new UnreachableException($"No column holds a {value.GetType().Name}."),
    };
}
