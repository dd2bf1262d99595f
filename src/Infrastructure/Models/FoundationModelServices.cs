using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Ports;
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
        services.AddOptions<FoundationModelOptions>().ValidateOnStart();
        services.AddSingleton<IConfigureOptions<FoundationModelOptions>>(new FoundationModelOptionsReader(configuration.GetSection(FoundationModelOptions.SectionName)));
        services.AddSingleton<IValidateOptions<FoundationModelOptions>, FoundationModelOptionsValidator>();
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
