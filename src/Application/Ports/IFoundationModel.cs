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
/// <param name="Wrong">What was answered to it before, and what is wrong with that; null when it is asked for the first time. The model is asked to answer again.</param>
public sealed record ModelPrompt(string? System, IReadOnlyList<PromptExample> Examples, MessageContent Question, WrongAnswer? Wrong = null);

/// <summary>An answer that was found wrong.</summary>
/// <param name="Answer">The assistant turn, as the model wrote it.</param>
/// <param name="Correction">The user turn after it: what is wrong, and where.</param>
public sealed record WrongAnswer(string Answer, string Correction);

/// <summary>How a model is asked.</summary>
/// <param name="Model">The model's name; null where the endpoint has just one.</param>
/// <param name="Temperature">0 to 2; 0 is sent like any other value.</param>
/// <param name="MaxTokens">The longest answer, in tokens.</param>
/// <param name="OutputSchema">A JSON Schema that the answer is to follow, where the model can be held to one; null for free text.</param>
public sealed record ModelSettings(string? Model, double Temperature, int MaxTokens, string? OutputSchema = null);

/// <summary>
/// A chat model. What goes wrong for one prompt, and what another attempt may mend, is a <see cref="ModelAttempt"/>; what goes wrong for all of
/// them (credentials refused, endpoint unknown, quota spent) throws <see cref="UpstreamException"/>.
/// </summary>
public interface IFoundationModel
{
    /// <summary>Names the endpoint whose capacity calls share; runs that ask the same endpoint share one limit.</summary>
    string Endpoint { get; }

    /// <summary>How many labelled examples a question needs at least, whatever <c>few_shot</c> says.</summary>
    int LeastExamples { get; }

    /// <summary>Whether a model that is told what is wrong with its answer may give a better one; false where the same question always gets the same answer.</summary>
    bool HeedsCorrections => true;

    /// <summary>
    /// Finds out, without asking a question, whether the endpoint can be asked for <paramref name="model"/>: null when it can, else the
    /// refusal (<c>foundation_model_failed</c>, or <see cref="ErrorKind.Invalid"/> when a model must be named and is not).
    /// </summary>
    Task<Error?> CheckAsync(string? model, CancellationToken cancellationToken);

    /// <summary>Asks one question once, within the time an attempt may take. Whether and when it is asked again is the caller's to decide.</summary>
    /// <exception cref="UpstreamException">The endpoint cannot be asked anything.</exception>
    Task<ModelAttempt> AttemptAsync(ModelPrompt prompt, ModelSettings settings, CancellationToken cancellationToken);
}
