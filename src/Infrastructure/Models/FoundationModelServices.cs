using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Configuration;
using Mirion.Generation.Infrastructure.Models.Embedded;
using Mirion.Generation.Infrastructure.Models.OpenAI;

namespace Mirion.Generation.Infrastructure.Models;

/// <summary>Registers the model that configuration chooses.</summary>
public static class FoundationModelServices
{
    /// <summary>
    /// Adds <see cref="FoundationModelOptions"/>, checked at start, and the one <see cref="IFoundationModel"/> of the process: the one that is registered for the chosen
    /// provider. A workspace adds its own.
    /// </summary>
    public static IServiceCollection AddFoundationModel(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddCheckedOptions<FoundationModelOptions, FoundationModelOptionsValidator>(configuration.GetSection(FoundationModelOptions.SectionName));
        services.AddOptions<FoundationModelOptions>().PostConfigure(options => options.Workspace = WorkspaceOptions.ChosenBy(configuration));
        services.AddOptions<ModelCallOptions>().Configure<IOptions<FoundationModelOptions>>(static (calls, model) =>
            (calls.MaxConcurrency, calls.MaxAttempts, calls.RequestsPerMinute, calls.TokensPerMinute) =
            (model.Value.MaxConcurrency, model.Value.MaxAttempts, model.Value.RequestsPerMinute, model.Value.TokensPerMinute));
        services.AddChatClient(FoundationModelProvider.OpenAICompatible, provider => new Uri(Options(provider).BaseUrl!)).ConfigureHttpClient(OpenAICompatibleModel.Sign);
        return services
            .AddKeyedSingleton<IFoundationModel, NearestLabelModel>(FoundationModelProvider.Embedded)
            .AddKeyedSingleton<IFoundationModel, OpenAICompatibleModel>(FoundationModelProvider.OpenAICompatible)
            // Chosen when first asked for, not here: hosts go on adding configuration after this runs.
            .AddSingleton(provider => provider.GetRequiredKeyedService<IFoundationModel>(Options(provider).ChosenProvider));
    }

    private static FoundationModelOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<FoundationModelOptions>>().Value;
}
