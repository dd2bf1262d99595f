using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>A model behind any endpoint that speaks OpenAI's chat completions: Ollama, vLLM, OpenAI.</summary>
internal sealed class OpenAICompatibleModel(
    [FromKeyedServices(FoundationModelProvider.OpenAICompatible)] IChatCompletionsApi api, IOptions<FoundationModelOptions> options, TimeProvider clock)
    : IFoundationModel
{
    private static readonly EndpointAdvice Advice = new(
        "FoundationModel:BaseUrl",
        static (_, _) => "it refuses the credentials. Check FoundationModel:ApiKey and what it may use.",
        static model => $"it does not know the path or the model '{model}'. Check FoundationModel:BaseUrl, and generation_config.model or the template's base_model.");

    private readonly ChatEndpoint _endpoint = new(api, new Uri(options.Value.BaseUrl!), Advice, new AnswerFormats(isAlwaysStrict: false), options.Value, clock);

    public string Endpoint => _endpoint.Name;

    public int LeastExamples => 0;

    public Task<Error?> CheckAsync(string? model, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(model) ? Task.FromResult<Error?>(ChatEndpoint.NoModel()) : _endpoint.CheckAsync(model, cancellationToken);

    public Task<ModelAttempt> AttemptAsync(ModelPrompt prompt, ModelSettings settings, CancellationToken cancellationToken) => _endpoint.AttemptAsync(prompt, settings, cancellationToken);

    /// <summary>Signs calls with the key, where there is one.</summary>
    public static void Sign(IServiceProvider provider, HttpClient client)
    {
        if (provider.GetRequiredService<IOptions<FoundationModelOptions>>().Value.ApiKey is { } key) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }
}
