using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Mirion.Generation.FakeDatabricks.Serving;

/// <summary>What a chat request may be (docs.databricks.com/machine-learning/foundation-model-apis/api-reference).</summary>
internal static class ChatRequest
{
    private const int MostTokens = 131_072;

    private static readonly Dictionary<string, Func<JsonElement, string?>> Members = new()
    {
        ["messages"] = ChatMessages.Fault,
        ["max_tokens"] = value => Whole(value, 1, MostTokens),
        ["temperature"] = value => Between(value, 0, 2),
        ["top_p"] = value => Between(value, 0, 1),
        ["top_k"] = value => Whole(value, 1, int.MaxValue),
        ["n"] = value => Whole(value, 1, 1),
        ["stop"] = value => value.ValueKind is JsonValueKind.String or JsonValueKind.Array ? null : "must be text or a list of texts",
        ["stream"] = value => value.ValueKind is JsonValueKind.False ? null : "must be false: streaming is not supported here",
        ["logprobs"] = value => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "must be true or false",
        ["top_logprobs"] = value => Whole(value, 0, 20),
        ["reasoning_effort"] = value => value.ValueKind is JsonValueKind.String ? null : "must be text",
        ["response_format"] = Format,
    };

    /// <summary>What is wrong with a request, in the words of the server; null when nothing is.</summary>
    /// <param name="request">The request.</param>
    /// <param name="withModel">Whether it names the endpoint, which is only so where the address does not.</param>
    public static string? Fault(JsonElement request, bool withModel)
    {
        if (request.ValueKind is not JsonValueKind.Object) return "json: the request must be an object";
        foreach (var member in request.EnumerateObject())
        {
            if (withModel && member.Name == "model" && member.Value.ValueKind is JsonValueKind.String) continue;
            if (!Members.TryGetValue(member.Name, out var check)) return $"json: unknown field \"{member.Name}\"";
            if (check(member.Value) is { } fault) return $"{member.Name} {fault}";
        }

        if (withModel && !request.TryGetProperty("model", out _)) return "model is missing";
        return request.TryGetProperty("messages", out _) ? null : "messages is missing";
    }

    private static string? Format(JsonElement format)
    {
        if (format.ValueKind is not JsonValueKind.Object || !format.TryGetProperty("type", out var type)) return "must have a type";
        return type.GetString() switch
        {
            "text" or "json_object" => null,
            "json_schema" => format.TryGetProperty("json_schema", out var schema) ? Schema(schema) : "must have a json_schema",
            var other => $"has the unknown type {other}",
        };
    }

    private static string? Schema(JsonElement named)
    {
        if (named.ValueKind is not JsonValueKind.Object) return "must have a json_schema that is an object";
        if (named.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => name is not ("name" or "schema" or "strict" or "description")) is { } unknown)
            return $"json: unknown field \"{unknown}\"";
        if (!named.TryGetProperty("name", out var name) || name.GetString() is not { Length: > 0 and <= 64 }) return "must name its schema";
        return named.TryGetProperty("schema", out var schema) ? SchemaAnswer.Fault(schema) : "must have a schema";
    }

    private static string? Whole(JsonElement value, int least, int most) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? null
            : $"must be a whole number between {least} and {most}";

    private static string? Between(JsonElement value, double least, double most) =>
        value.ValueKind is JsonValueKind.Number && value.GetDouble() >= least && value.GetDouble() <= most ? null : $"must be between {least} and {most}";
}

/// <summary>What the turns of a chat request may be.</summary>
internal static class ChatMessages
{
    private static readonly string[] ImageTypes = ["image/png", "image/jpeg", "image/webp", "image/gif"];

    /// <summary>What is wrong with the turns; null when nothing is.</summary>
    public static string? Fault(JsonElement messages)
    {
        if (messages.ValueKind is not JsonValueKind.Array || messages.GetArrayLength() == 0) return "must be a list with something in it";
        var turns = messages.EnumerateArray().ToList();
        if (turns.Select(Turn).FirstOrDefault(fault => fault is not null) is { } wrong) return wrong;
        var roles = turns.Select(turn => turn.GetProperty("role").GetString()).ToList();
        if (roles.Skip(1).Contains("system")) return "may have one system message, which must be the first";
        return roles.Contains("user") ? null : "must have a user message";
    }

    private static string? Turn(JsonElement message)
    {
        if (message.ValueKind is not JsonValueKind.Object) return "must be objects";
        if (message.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => name is not ("role" or "content" or "tool_calls" or "tool_call_id")) is { } unknown)
            return $"json: unknown field \"{unknown}\"";
        if (!message.TryGetProperty("role", out var role) || role.ValueKind is not JsonValueKind.String || role.GetString() is not ("system" or "user" or "assistant" or "tool"))
            return "have an unknown role";
        if (!message.TryGetProperty("content", out var content)) return "must have content";
        return content.ValueKind switch
        {
            JsonValueKind.String => content.GetString() == "" ? "must have content that is not empty" : null,
            JsonValueKind.Array when content.GetArrayLength() > 0 => content.EnumerateArray().Select(Part).FirstOrDefault(fault => fault is not null),
            JsonValueKind.Null when message.TryGetProperty("tool_calls", out _) => null,
            _ => "must have content that is text or parts",
        };
    }

    private static string? Part(JsonElement part)
    {
        if (part.ValueKind is not JsonValueKind.Object || !part.TryGetProperty("type", out var type)) return "must have parts with a type";
        return type.GetString() switch
        {
            "text" => part.TryGetProperty("text", out var text) && text.ValueKind is JsonValueKind.String ? null : "must have text in a text part",
            "image_url" => part.TryGetProperty("image_url", out var image) && image.ValueKind is JsonValueKind.Object && image.TryGetProperty("url", out var url)
                ? Image(url.GetString() ?? "")
                : "must have a url in an image part",
            var other => $"have the unknown part {other}",
        };
    }

    private static string? Image(string url)
    {
        var known = ImageTypes.Select(type => $"data:{type};base64,").FirstOrDefault(prefix => url.StartsWith(prefix, StringComparison.Ordinal));
        if (known is null) return "must have images as data URIs: a path or an address is not read";
        return url.Length > known.Length && Base64.IsValid(Encoding.ASCII.GetBytes(url[known.Length..])) ? null : "must have images in Base64";
    }
}
