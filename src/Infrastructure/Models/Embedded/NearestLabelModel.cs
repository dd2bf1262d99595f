using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Infrastructure.Models.Embedded;

/// <summary>
/// Answers with the label of the most similar labelled item. A real first draft for repetitive data, and what a fresh workspace
/// runs on without a network, a key or a cost.
/// </summary>
internal sealed class NearestLabelModel : IFoundationModel
{
    public const string Name = "nearest-label";

    public string Endpoint => $"embedded/{Name}";

    public int LeastExamples => 1;

    // It would copy the same label again.
    public bool HeedsCorrections => false;

    public Task<Error?> CheckAsync(string? model, CancellationToken cancellationToken) => Task.FromResult<Error?>(null);

    public Task<ModelAttempt> AttemptAsync(ModelPrompt prompt, ModelSettings settings, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // MaxBy keeps the first of equals. Examples that the template brings show the form of an answer, not the answer to an item.
        var nearest = prompt.Examples.Where(example => example.Item is not null).MaxBy(example => example.Similarity);
        return Task.FromResult(ModelAttempt.Answered(nearest is null ? NoExamples() : new ModelReply { Model = Name, Answer = nearest.Answer, FinishReason = "stop" }));
    }

    private static ModelReply NoExamples() => new()
    {
        Model = Name,
        Error = new GenerationError(
            "no_examples",
            "The embedded model copies the nearest label and found none: label some items of this sheet with the template's label type, with few_shot among their allowed uses, or set FoundationModel:BaseUrl to ask a model."),
    };
}
