using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Databricks.Serving;
using Mirion.Generation.Infrastructure.Models;

namespace Mirion.Generation.Infrastructure.Databricks.Doctor;

/// <summary>Whether there is a model to ask. Which one is asked, templates say.</summary>
internal sealed class ModelExamination(IServingApi serving, IFoundationModel model, IOptions<FoundationModelOptions> options)
{
    private const string Remedy = "Grant CAN QUERY on a serving endpoint for chat, or set FoundationModel:BaseUrl where models are asked elsewhere.";
    private const int Shown = 3;

    public Examination Examination => new("model", Remedy, LookAsync);

    private async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        if (options.Value is not { ChosenProvider: FoundationModelProvider.Databricks, BaseUrl: null }) return await LookElsewhereAsync(cancellationToken);
        var endpoints = (await serving.ListAsync(cancellationToken)).Endpoints ?? [];
        string[] ready = [.. endpoints.Where(endpoint => endpoint is { Name: not null, State.Ready: "READY" } && endpoint.Task?.EndsWith("/chat", StringComparison.Ordinal) is true).Select(endpoint => endpoint.Name!)];
        return ready.Length > 0
            ? new Finding($"{ready.Length} of {endpoints.Count} serving endpoints are for chat and ready, such as {string.Join(", ", ready.Take(Shown))}.")
            : new Finding($"Of the {endpoints.Count} serving endpoints that these credentials see, none is for chat and ready.", Remedy);
    }

    private async Task<Finding> LookElsewhereAsync(CancellationToken cancellationToken) => await model.CheckAsync("doctor", cancellationToken) is { } refusal
        ? new Finding(refusal.Message, Remedy)
        : new Finding($"Models are asked at {model.Endpoint}, where somebody answers.");
}
