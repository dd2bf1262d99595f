using System.Globalization;

namespace Mirion.Generation.Application.Schemas;

/// <summary>The formats of text that are looked at; any other is a remark, as JSON Schema has it.</summary>
internal static class TextFormats
{
    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    private static readonly Dictionary<string, Func<string, bool>> Formats = new(StringComparer.Ordinal)
    {
        ["date-time"] = IsMoment,
        ["date"] = text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        ["time"] = text => IsMoment($"2000-01-01T{text}"),
        ["email"] = text => text.Split('@') is [{ Length: > 0 } name, var host] && !name.Any(char.IsWhiteSpace) && Uri.CheckHostName(host) is not UriHostNameType.Unknown,
        ["hostname"] = text => Uri.CheckHostName(text) is UriHostNameType.Dns,
        ["ipv4"] = text => text.Count(c => c == '.') == 3 && Uri.CheckHostName(text) is UriHostNameType.IPv4,
        ["ipv6"] = text => text is not ['[', ..] && Uri.CheckHostName(text) is UriHostNameType.IPv6,
        ["uri"] = text => text.Contains(':', StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out _),
        ["uuid"] = text => Guid.TryParseExact(text, "D", out _),
    };

    /// <summary>Whether <paramref name="text"/> has the format, as far as it is looked at.</summary>
    public static bool Holds(string format, string text) => !Formats.TryGetValue(format, out var holds) || holds(text);

    private static bool IsMoment(string text) => DateTimeOffset.TryParseExact(text.ToUpperInvariant(), Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
}
