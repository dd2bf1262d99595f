using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>A row of a result, read by name. What is null where the domain knows no null, or is no such word, is a damaged store.</summary>
internal abstract class SqlRow
{
    /// <summary>The text, or null.</summary>
    public abstract string? TextOrNull(string column);

    /// <summary>The number, or null.</summary>
    public abstract long? NumberOrNull(string column);

    /// <summary>The number, or null.</summary>
    public abstract double? DoubleOrNull(string column);

    /// <summary>The moment, or null.</summary>
    public abstract DateTimeOffset? TimestampOrNull(string column);

    /// <summary>The list, or null.</summary>
    public abstract IReadOnlyList<string>? TextsOrNull(string column);

    /// <summary>The text.</summary>
    public string Text(string column) => TextOrNull(column) ?? throw Missing(column);

    /// <summary>The number.</summary>
    public long Number(string column) => NumberOrNull(column) ?? throw Missing(column);

    /// <summary>The number, which is a small one.</summary>
    public int Integer(string column) => checked((int)Number(column));

    /// <summary>The number, which is a small one, or null.</summary>
    public int? IntegerOrNull(string column) => NumberOrNull(column) is { } number ? checked((int)number) : null;

    /// <summary>The moment.</summary>
    public DateTimeOffset Timestamp(string column) => TimestampOrNull(column) ?? throw Missing(column);

    /// <summary>The list.</summary>
    public IReadOnlyList<string> Texts(string column) => TextsOrNull(column) ?? throw Missing(column);

    /// <summary>The member of an enumeration.</summary>
    public TEnum Word<TEnum>(string column)
        where TEnum : struct, Enum => SnakeCase<TEnum>.Parse(Text(column));

    /// <summary>The member of an enumeration, or null.</summary>
    public TEnum? WordOrNull<TEnum>(string column)
        where TEnum : struct, Enum => TextOrNull(column) is { } name ? SnakeCase<TEnum>.Parse(name) : null;

    /// <summary>What JSON of the domain says.</summary>
    public T Json<T>(string column)
        where T : notnull => DomainJson.Read<T>(Text(column));

    /// <summary>What JSON of the domain says, or null.</summary>
    public T? JsonOrNull<T>(string column)
        where T : class => TextOrNull(column) is { } json ? DomainJson.Read<T>(json) : null;

    private static FormatException Missing(string column) => new($"The stored column '{column}' is null where it never should be.");
}
