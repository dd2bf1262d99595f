using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>The kinds of values a key was seen with.</summary>
[Flags]
internal enum JsonKinds
{
    None = 0,
    Boolean = 1,
    Integer = 2,
    BigInteger = 4,
    Fraction = 8,
    Date = 16,
    Timestamp = 32,
    ZonedTimestamp = 64,
    Text = 128,
    Nested = 256,
}

/// <summary>A key of the objects in a JSON Lines file, and the values it was seen with.</summary>
internal sealed class JsonLinesMember(string name)
{
    private static readonly string[] LocalTimes = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFF"];
    private static readonly string[] ZonedTimes = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK"];

    public string Name { get; } = name;

    /// <summary>The key as a reader meets it, to compare without decoding.</summary>
    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>The number of the last line it stood in.</summary>
    public long LastLine { get; set; }

    public JsonKinds Kinds { get; private set; }

    /// <summary>The DuckDB type that every value fits.</summary>
    public string Type => Kinds switch
    {
        _ when Kinds.HasFlag(JsonKinds.Nested) => "JSON",
        JsonKinds.Boolean => "BOOLEAN",
        JsonKinds.Integer => "BIGINT",
        JsonKinds.Date => "DATE",
        JsonKinds.Timestamp or (JsonKinds.Timestamp | JsonKinds.Date) => "TIMESTAMP",
        JsonKinds.ZonedTimestamp => "TIMESTAMP WITH TIME ZONE",
        not JsonKinds.None when (Kinds & ~(JsonKinds.Integer | JsonKinds.BigInteger | JsonKinds.Fraction)) == 0 => "DOUBLE",
        _ => "VARCHAR",
    };

    /// <summary>Takes note of the value that <paramref name="reader"/> stands on.</summary>
    public void See(in Utf8JsonReader reader) => Kinds |= reader.TokenType switch
    {
        JsonTokenType.True or JsonTokenType.False => JsonKinds.Boolean,
        JsonTokenType.Number => NumberKind(reader),
        // Once a column has text that is no date, a date more or less makes no difference to its type.
        JsonTokenType.String => Kinds.HasFlag(JsonKinds.Text) ? JsonKinds.Text : TextKind(reader),
        JsonTokenType.StartObject or JsonTokenType.StartArray => JsonKinds.Nested,
        _ => JsonKinds.None,
    };

    private static JsonKinds NumberKind(in Utf8JsonReader reader)
    {
        var digits = reader.ValueSpan;
        // Minus zero is an integer whose text DuckDB would change.
        if (digits.ContainsAny("."u8[0], "e"u8[0], "E"u8[0]) || digits is [(byte)'-', (byte)'0']) return JsonKinds.Fraction;
        return reader.TryGetInt64(out _) ? JsonKinds.Integer : JsonKinds.BigInteger;
    }

    private static JsonKinds TextKind(in Utf8JsonReader reader)
    {
        var utf8 = reader.ValueSpan;
        if (utf8.Length is < 10 or > 33 || utf8[4] != (byte)'-' || utf8[7] != (byte)'-' || reader.ValueIsEscaped) return JsonKinds.Text;
        Span<char> buffer = stackalloc char[33];
        var text = buffer[..Encoding.UTF8.GetChars(utf8, buffer)];
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) return JsonKinds.Date;
        if (DateTime.TryParseExact(text, LocalTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) return JsonKinds.Timestamp;
        return DateTimeOffset.TryParseExact(text, ZonedTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? JsonKinds.ZonedTimestamp
            : JsonKinds.Text;
    }
}
