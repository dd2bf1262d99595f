using System.Globalization;
using System.Text.Json;
using Mirion.Generation.Application.Prompts;

namespace Mirion.Generation.Infrastructure.Sources;

/// <summary>Makes values of the texts in which cells come.</summary>
internal static class CellText
{
    /// <summary>A double, or the words NaN, Infinity and -Infinity, which JSON has no number for.</summary>
    public static object Double(double number) => double.IsFinite(number) ? number : number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What JSON text says: of a number exactly that number, with its scale.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static object? Json(string json)
    {
        using var document = JsonDocument.Parse($$"""{"value":{{json}}}""");
        return ItemData.From(document.RootElement)["value"];
    }

    /// <summary>What JSON text says; text that is none is left as it is, for no writer of a file is bound to check.</summary>
    public static object? JsonOrText(string text)
    {
        try
        {
            return Json(text);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return text;
        }
    }
}
