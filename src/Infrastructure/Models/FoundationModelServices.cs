using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Configuration;
using Mirion.Generation.Infrastructure.Models.Embedded;
using Mirion.Generation.Infrastructure.Models.OpenAI;

namespace Mirion.Generation.Infrastructure.Models;

/// <summary>Registers the model that configuration chooses.</summary>
public static class FoundationModelServices
{
    /// <summary>Adds <see cref="FoundationModelOptions"/>, checked at start, and the one <see cref="IFoundationModel"/> of the process.</summary>
    public static IServiceCollection AddFoundationModel(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddCheckedOptions<FoundationModelOptions, FoundationModelOptionsValidator>(configuration.GetSection(FoundationModelOptions.SectionName));
        services.AddOptions<ModelGateOptions>().Configure<IOptions<FoundationModelOptions>>((gate, model) => gate.MaxConcurrency = model.Value.MaxConcurrency);
        services.AddHostedService<UnappliedBudgetWarning>();
        services.AddChatCompletionsApi();
        // Chosen when first asked for, not here: hosts go on adding configuration after this runs.
        services.AddSingleton(Choose);
        return services;
    }

    private static IFoundationModel Choose(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<FoundationModelOptions>>().Value.ChosenProvider switch
        {
            FoundationModelProvider.Embedded => new NearestLabelModel(),
            FoundationModelProvider.OpenAICompatible => ActivatorUtilities.CreateInstance<OpenAICompatibleModel>(provider),
            var other => throw new UnreachableException($"{other} does not pass validation."),
        };
}
