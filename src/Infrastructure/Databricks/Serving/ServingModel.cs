using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Infrastructure.Models;
using Mirion.Generation.Infrastructure.Models.OpenAI;

namespace Mirion.Generation.Infrastructure.Databricks.Serving;

/// <summary>
/// A model behind the workspace's serving endpoints, or behind the gateway that replaces them. A model's name is that of its endpoint
/// (docs.databricks.com/machine-learning/foundation-model-apis/api-reference).
/// </summary>
internal sealed class ServingModel : IFoundationModel
{
    private static readonly EndpointAdvice Advice = new(
        "Workspace:Databricks:Host, or FoundationModel:BaseUrl where it is set",
        static (status, model) => status == 401
            ? "it does not take the workspace's credentials. Check Workspace:Databricks:Token, or ClientId and ClientSecret."
            : $"the credentials are not good, or may not query '{model}'. Check them and grant them CAN QUERY on that endpoint; if it is retired, name another model, or set FoundationModel:Provider to Databricks and FoundationModel:BaseUrl to the workspace's AI gateway.",
        static model => $"it does not know the endpoint '{model}'. Check generation_config.model or the template's base_model, and FoundationModel:BaseUrl where it is set.");

    private readonly ChatEndpoint _endpoint;
    private readonly ServingCheck? _check;

    public ServingModel(
        [FromKeyedServices(FoundationModelProvider.Databricks)] IChatCompletionsApi chat,
        IServingApi serving,
        IOptions<FoundationModelOptions> model,
        IOptions<DatabricksOptions> workspace,
        TimeProvider clock)
    {
        var address = AddressOf(model.Value, workspace.Value);
        _endpoint = new ChatEndpoint(chat, address, Advice, new AnswerFormats(isAlwaysStrict: true), model.Value, clock);
        // A gateway has its models listed elsewhere.
        _check = address == ServingEndpointsOf(workspace.Value) ? new ServingCheck(serving, _endpoint.Name, Advice) : null;
    }

    public string Endpoint => _endpoint.Name;

    public int LeastExamples => 0;

    /// <summary>What stands before <c>/chat/completions</c>.</summary>
    public static Uri AddressOf(FoundationModelOptions model, DatabricksOptions workspace) => model.BaseUrl is { } url ? new Uri(url.TrimEnd('/')) : ServingEndpointsOf(workspace);

    public Task<Error?> CheckAsync(string? model, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(model)) return Task.FromResult<Error?>(ChatEndpoint.NoModel());
        return _check is null ? _endpoint.CheckAsync(model, cancellationToken) : _check.RunAsync(model, cancellationToken);
    }

    public Task<ModelAttempt> AttemptAsync(ModelPrompt prompt, ModelSettings settings, CancellationToken cancellationToken) => _endpoint.AttemptAsync(prompt, settings, cancellationToken);

    private static Uri ServingEndpointsOf(DatabricksOptions workspace) => new(workspace.Address, "serving-endpoints");
}
