using System.Text.Json;

namespace Mirion.Generation.Testing.ModelServer;

/// <summary>One turn as it came over the wire.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Text">The content, or the text parts of it put together.</param>
/// <param name="Images">The URLs of the image parts.</param>
/// <param name="InParts">Whether the content was an array of parts.</param>
public sealed record ChatTurn(string Role, string Text, IReadOnlyList<string> Images, bool InParts);

/// <summary>One call of <c>/v1/chat/completions</c> as it came over the wire.</summary>
public sealed record ChatCall
{
    /// <summary>Which call of this server it was, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The model asked for; null when the request named none.</summary>
    public string? Model { get; init; }

    /// <summary>The temperature; null when the request had none.</summary>
    public double? Temperature { get; init; }

    /// <summary>The token limit; null when the request had none.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The turns, in order.</summary>
    public required IReadOnlyList<ChatTurn> Messages { get; init; }

    /// <summary>The names of all members of the request, to see what else was sent.</summary>
    public required IReadOnlyList<string> Members { get; init; }

    /// <summary>The request's headers.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body as text.</summary>
    public required string Body { get; init; }

    /// <summary>The text of the last user turn: the question.</summary>
    public string Question => Messages.Last(turn => turn.Role == "user").Text;

    internal static ChatCall Read(int number, string body, IReadOnlyDictionary<string, string> headers)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        return new ChatCall
        {
            Number = number,
            Model = root.TryGetProperty("model", out var model) ? model.GetString() : null,
            Temperature = root.TryGetProperty("temperature", out var temperature) ? temperature.GetDouble() : null,
            MaxTokens = root.TryGetProperty("max_tokens", out var maxTokens) ? maxTokens.GetInt32() : null,
            Messages = [.. root.GetProperty("messages").EnumerateArray().Select(Turn)],
            Members = [.. root.EnumerateObject().Select(member => member.Name)],
            Headers = headers,
            Body = body,
        };
    }

    private static ChatTurn Turn(JsonElement message)
    {
        var role = message.GetProperty("role").GetString()!;
        var content = message.GetProperty("content");
        if (content.ValueKind is JsonValueKind.String) return new ChatTurn(role, content.GetString()!, [], InParts: false);
        var text = content.EnumerateArray().Where(part => Type(part) == "text").Select(part => part.GetProperty("text").GetString());
        var images = content.EnumerateArray().Where(part => Type(part) == "image_url").Select(part => part.GetProperty("image_url").GetProperty("url").GetString()!);
        return new ChatTurn(role, string.Concat(text), [.. images], InParts: true);
    }

    private static string Type(JsonElement part) => part.GetProperty("type").GetString()!;
}
