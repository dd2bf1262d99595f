using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Application.Ports;

/// <summary>A worked example before the question.</summary>
/// <param name="Question">The user turn.</param>
/// <param name="Answer">The assistant turn.</param>
/// <param name="Item">The labelled item it comes from; null for an example that the template itself brings.</param>
/// <param name="Similarity">How like the question it is, from 0 to 1; 0 for an example that the template itself brings.</param>
public sealed record PromptExample(MessageContent Question, string Answer, string? Item = null, double Similarity = 0);

/// <summary>What a model is asked. Images are data URIs.</summary>
/// <param name="System">Standing instructions, or null.</param>
/// <param name="Examples">Worked examples, in the order they are to stand.</param>
/// <param name="Question">The question.</param>
public sealed record ModelPrompt(string? System, IReadOnlyList<PromptExample> Examples, MessageContent Question);

/// <summary>How a model is asked.</summary>
/// <param name="Model">The model's name; null where the endpoint has just one.</param>
/// <param name="Temperature">0 to 2; 0 is sent like any other value.</param>
/// <param name="MaxTokens">The longest answer, in tokens.</param>
/// <param name="OutputSchema">A JSON Schema that the answer is to follow, where the model can be held to one; null for free text.</param>
public sealed record ModelSettings(string? Model, double Temperature, int MaxTokens, string? OutputSchema = null);

/// <summary>What came of asking: an answer, or the reason why this one item has none.</summary>
public sealed record ModelReply
{
    /// <summary>The model that was asked, by the name it was asked under.</summary>
    public required string Model { get; init; }

    /// <summary>The answer; null exactly when <see cref="Error"/> is not.</summary>
    public string? Answer { get; init; }

    /// <summary>Why there is none: <c>length</c>, <c>content_filter</c>, <c>empty_answer</c>, <c>no_examples</c>, <c>model_refused</c>, <c>retries_exhausted</c>, ….</summary>
    public GenerationError? Error { get; init; }

    /// <summary>The settings that went over the wire, without what the model cannot be told; null where nothing did.</summary>
    public ModelSettings? Sent { get; init; }

    /// <summary>The model's own word on why it stopped.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Tokens of the prompt, where the model said.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>Tokens of the answer, where the model said.</summary>
    public int? CompletionTokens { get; init; }

    /// <summary>Attempts made, the first included.</summary>
    public int Attempts { get; init; } = 1;
}

/// <summary>
/// A chat model. What goes wrong for one prompt is a <see cref="ModelReply"/> with an error; what goes wrong for all of them
/// (credentials refused, endpoint unknown, nothing answers any more) throws <see cref="UpstreamException"/>.
/// </summary>
public interface IFoundationModel
{
    /// <summary>Names the endpoint whose capacity calls share; runs that ask the same endpoint share one limit.</summary>
    string Endpoint { get; }

    /// <summary>How many labelled examples a question needs at least, whatever <c>few_shot</c> says.</summary>
    int LeastExamples { get; }

    /// <summary>
    /// Finds out, without asking a question, whether the endpoint can be asked for <paramref name="model"/>: null when it can, else the
    /// refusal (<c>foundation_model_failed</c>, or <see cref="ErrorKind.Invalid"/> when a model must be named and is not).
    /// </summary>
    Task<Error?> CheckAsync(string? model, CancellationToken cancellationToken);

    /// <summary>Asks one question, trying again where that can help.</summary>
    /// <exception cref="UpstreamException">The endpoint cannot be asked anything.</exception>
    Task<ModelReply> CompleteAsync(ModelPrompt prompt, ModelSettings settings, CancellationToken cancellationToken);
}
