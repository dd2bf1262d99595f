using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>Turns a completion into an answer, or into the reason why it is none.</summary>
internal static class ReplyReader
{
    public static ModelReply Read(ChatCompletion completion, ModelSettings settings)
    {
        var choice = completion.Choices![0];
        var answer = choice.Message!;
        // What was filtered or cut off is no answer, whatever text came with it.
        var reply = choice.FinishReason switch
        {
            "content_filter" => Failed(settings, "content_filter", "The endpoint's content filter stopped the answer."),
            "length" => Failed(settings, "length", $"The answer was cut off at {settings.MaxTokens} tokens, reasoning included; raise max_tokens."),
            _ when !string.IsNullOrWhiteSpace(answer.Refusal) => Failed(settings, "model_refused", "The model refused to answer."),
            _ when string.IsNullOrWhiteSpace(answer.Content) => Failed(settings, "empty_answer", "The model gave an empty answer."),
            _ => new ModelReply { Model = settings.Model!, Answer = answer.Content },
        };
        return reply with
        {
            Sent = settings,
            FinishReason = choice.FinishReason,
            PromptTokens = completion.Usage?.PromptTokens,
            CompletionTokens = completion.Usage?.CompletionTokens,
        };
    }

    private static ModelReply Failed(ModelSettings settings, string code, string message) =>
        new() { Model = settings.Model!, Error = new GenerationError(code, message) };
}
