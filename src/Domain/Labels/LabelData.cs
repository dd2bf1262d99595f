using System.Buffers;
using System.Text;
using System.Text.Json;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.Labels;

/// <summary>An expert's answer: any JSON value but null and blank text.</summary>
public sealed record LabelData
{
    private LabelData(string json, string answer) => (Json, Answer) = (json, answer);

    /// <summary>The value as compact JSON; numbers keep the digits they were written with.</summary>
    public string Json { get; }

    /// <summary>The assistant message it becomes: the text of a JSON string, the compact JSON of anything else.</summary>
    public string Answer { get; }

    /// <summary>Takes a JSON value, refusing what cannot answer anything.</summary>
    public static Result<LabelData> From(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return Error.InvalidField("label_data", "A label needs an answer; null is none. Delete the label instead.");
        }

        if (!TryRead(value, out var json, out var answer))
        {
            return Error.InvalidField("label_data", $"A label is nested at most {CompactJson.MaxDepth} deep, and its texts hold whole characters.");
        }

        return string.IsNullOrWhiteSpace(answer)
            ? Error.InvalidField("label_data", "A label needs an answer; blank text is none.")
            : new LabelData(json, answer);
    }

    /// <summary>
    /// The data whose <see cref="Answer"/> is exactly <paramref name="answer"/>: that very JSON where structured answers are wanted and it is compact JSON other than a string; a JSON string
    /// with the text in all other cases.
    /// </summary>
    /// <param name="answer">The assistant message.</param>
    /// <param name="structured">Whether labels of this kind are JSON rather than text.</param>
    public static Result<LabelData> OfAnswer(string answer, bool structured)
    {
        if (structured && TryParse(answer) is { } parsed && parsed.Answer == answer) return parsed;
        using var text = JsonDocument.Parse(CompactJson.Write(answer));
        return From(text.RootElement).TryGet(out var data, out var error) && data.Answer != answer
            ? Error.InvalidField("label_data", "A label's texts hold whole characters.")
            : error is null ? data! : error;
    }

    /// <summary>Whether the value is anything but a JSON string.</summary>
    public bool IsStructured => Json[0] != '"';

    /// <summary>Reads back <see cref="Json"/>.</summary>
    /// <exception cref="FormatException">The text is not the JSON of a label.</exception>
    public static LabelData Parse(string json)
    {
        if (IsPlain(json)) return new LabelData(json, json);
        using var document = JsonDocument.Parse(json);
        return From(document.RootElement) is { IsSuccess: true } label ? label.Value : throw new FormatException("A stored label holds no answer.");
    }

    private static LabelData? TryParse(string answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer, new JsonDocumentOptions { MaxDepth = CompactJson.MaxDepth });
            return document.RootElement.ValueKind is not JsonValueKind.String && From(document.RootElement).TryGet(out var data, out _) ? data : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // An object or list without an escape or a blank outside of its texts is compact already: it is looked through and taken as it stands.
    private static bool IsPlain(string json)
    {
        if (json is not ['{' or '[', ..] || json.Contains('\\', StringComparison.Ordinal)) return false;
        var inText = false;
        foreach (var c in json)
        {
            if (c == '"') inText = !inText;
            else if (c <= ' ' && !inText) return false;
        }

        var most = Encoding.UTF8.GetMaxByteCount(json.Length);
        var rented = most <= 1024 ? null : ArrayPool<byte>.Shared.Rent(most);
        Span<byte> bytes = rented ?? stackalloc byte[1024];
        try
        {
            var reader = new Utf8JsonReader(bytes[..Encoding.UTF8.GetBytes(json, bytes)], new JsonReaderOptions { MaxDepth = CompactJson.MaxDepth });
            while (reader.Read())
            {
                // Looks at every token.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
        finally
        {
            if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        }
    }

    // JSON can spell half of a surrogate pair, and a parser may be set to read deeper than we write; the framework throws for both.
    private static bool TryRead(JsonElement value, out string json, out string answer)
    {
        try
        {
            json = CompactJson.Write(value);
            answer = value.ValueKind is JsonValueKind.String ? value.GetString()! : json;
            return true;
        }
        catch (InvalidOperationException)
        {
            json = answer = string.Empty;
            return false;
        }
    }
}
