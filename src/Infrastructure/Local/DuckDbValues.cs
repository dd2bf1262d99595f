using DuckDB.NET.Data;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Local;

/// <summary>Values on their way into DuckDB.</summary>
internal static class DuckDbValues
{
    /// <summary>The parameter that carries a value; see <see cref="DuckDbDialect.Parameter"/>.</summary>
    /// <exception cref="ArgumentException">A text holds half a surrogate pair.</exception>
    public static DuckDBParameter Parameter(SqlParameter parameter) => new(parameter.Name, parameter.Value switch
    {
        { Value: null } => null,
        { Kind: ColumnKind.TextList, Value: IEnumerable<string> texts } => StrictUtf8.Encoding.GetBytes(DomainJson.Write(texts)),
        { Value: string text } => StrictUtf8.Encoding.GetBytes(text),
        { Value: DateTimeOffset time } => time.UtcDateTime,
        { Value: var value } => value,
    });
}
