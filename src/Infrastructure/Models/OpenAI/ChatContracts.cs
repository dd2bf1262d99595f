using System.Text.Json;
using System.Text.Json.Serialization;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>A question. The limit and the temperature always go out: some models' own limits are low, and 0 is a value.</summary>
internal sealed record ChatRequest(string Model, IReadOnlyList<ChatTurn> Messages, double Temperature, int MaxTokens, ResponseFormat? ResponseFormat);

/// <summary>One turn.</summary>
internal sealed record ChatTurn(string Role, [property: JsonConverter(typeof(TurnContentConverter))] MessageContent Content);

/// <summary>The form an answer is to have.</summary>
internal sealed record ResponseFormat(string Type, AnswerSchema JsonSchema);

/// <summary>A JSON Schema with the name that it must have on the wire.</summary>
internal sealed record AnswerSchema(string Name, JsonElement Schema, bool Strict);

/// <summary>A reply, as much of it as is read.</summary>
internal sealed record ChatCompletion(IReadOnlyList<ChatChoice>? Choices, ChatUsage? Usage);

/// <summary>The one choice that is asked for.</summary>
internal sealed record ChatChoice(ChatAnswer? Message, string? FinishReason);

/// <summary>The assistant's turn.</summary>
internal sealed record ChatAnswer([property: JsonConverter(typeof(AnswerTextConverter))] string? Content, string? Refusal);

/// <summary>What the endpoint counted.</summary>
internal sealed record ChatUsage(int? PromptTokens, int? CompletionTokens);

/// <summary>The error object of a refusal; <c>error</c> is an object here, a string or missing elsewhere.</summary>
internal sealed record ChatFailure(ChatFailureDetail? Error);

/// <summary>What is read of it; nothing of it is ever shown. A code may be a number.</summary>
internal sealed record ChatFailureDetail(double? RetryAfter, JsonElement? Code);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(ChatFailure))]
internal sealed partial class ChatJson : JsonSerializerContext;
