using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>Turns the last attempt of a call into what became of its item.</summary>
internal static class ReplyReader
{
    public static ModelReply Read(ChatAttempt last, ModelSettings settings) => last.Fate switch
    {
        AttemptFate.Answered => Read(last.Completion!, settings),
        AttemptFate.QuestionRefused => Failed(settings, "model_refused", $"The endpoint refused this prompt with {last.What}."),
        _ => Failed(settings, "retries_exhausted", $"No attempt succeeded; the last one ended with {last.What}."),
    };

    private static ModelReply Read(ChatCompletion completion, ModelSettings settings)
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
            FinishReason = choice.FinishReason,
            PromptTokens = completion.Usage?.PromptTokens,
            CompletionTokens = completion.Usage?.CompletionTokens,
        };
    }

    private static ModelReply Failed(ModelSettings settings, string code, string message) =>
        new() { Model = settings.Model!, Error = new GenerationError(code, message) };
}
