using System.Text.Json;

namespace Mirion.Generation.FakeDatabricks.Serving;

/// <summary>One turn as it came over the wire.</summary>
/// <param name="Role"><c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</param>
/// <param name="Text">The content, or the text parts of it put together.</param>
/// <param name="Images">The URLs of the image parts.</param>
/// <param name="InParts">Whether the content was an array of parts.</param>
public sealed record ServingTurn(string Role, string Text, IReadOnlyList<string> Images, bool InParts);

/// <summary>A question that came to a serving endpoint, in the form the API takes.</summary>
public sealed record ServingCall
{
    /// <summary>Which call of this workspace it was, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The endpoint.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Who asked.</summary>
    public required string? Identity { get; init; }

    /// <summary>The turns, in order.</summary>
    public required IReadOnlyList<ServingTurn> Messages { get; init; }

    /// <summary>The names of all members of the request.</summary>
    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>The temperature; null when the request had none.</summary>
    public double? Temperature { get; init; }

    /// <summary>The token limit; null when the request had none.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The JSON schema of the answer that is asked for; null when none is.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>Whether the answer is to be JSON, whatever is in it.</summary>
    public bool WantsJson { get; init; }

    /// <summary>The body as text.</summary>
    public required string Body { get; init; }

    /// <summary>The text of the last user turn: the question.</summary>
    public string Question => Messages.Last(turn => turn.Role == "user").Text;

    internal static ServingCall Read(int number, string endpoint, string? identity, JsonElement request)
    {
        var format = request.TryGetProperty("response_format", out var given) ? given : default;
        var formatType = format.ValueKind is JsonValueKind.Object ? format.GetProperty("type").GetString() : "text";
        return new ServingCall
        {
            Number = number,
            Endpoint = endpoint,
            Identity = identity,
            Messages = [.. request.GetProperty("messages").EnumerateArray().Select(Turn)],
            Members = [.. request.EnumerateObject().Select(member => member.Name)],
            Temperature = request.TryGetProperty("temperature", out var temperature) ? temperature.GetDouble() : null,
            MaxTokens = request.TryGetProperty("max_tokens", out var maxTokens) ? maxTokens.GetInt32() : null,
            Schema = formatType == "json_schema" ? format.GetProperty("json_schema").GetProperty("schema") : null,
            WantsJson = formatType == "json_object",
            Body = request.GetRawText(),
        };
    }

    private static ServingTurn Turn(JsonElement message)
    {
        var role = message.GetProperty("role").GetString()!;
        if (!message.TryGetProperty("content", out var content) || content.ValueKind is JsonValueKind.Null) return new ServingTurn(role, "", [], InParts: false);
        if (content.ValueKind is JsonValueKind.String) return new ServingTurn(role, content.GetString()!, [], InParts: false);
        var text = content.EnumerateArray().Where(part => Type(part) == "text").Select(part => part.GetProperty("text").GetString());
        var images = content.EnumerateArray().Where(part => Type(part) == "image_url").Select(part => part.GetProperty("image_url").GetProperty("url").GetString()!);
        return new ServingTurn(role, string.Concat(text), [.. images], InParts: true);
    }

    private static string? Type(JsonElement part) => part.GetProperty("type").GetString();
}
