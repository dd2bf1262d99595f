using System.Globalization;
using System.Text.Json;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.Generation;

/// <summary>A cell as an answer: its text; compact JSON for a list or an object, as a template would render it.</summary>
internal static class AnswerText
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = CompactJson.Encoder };

    public static string? Of(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value, Compact),
    };
}
