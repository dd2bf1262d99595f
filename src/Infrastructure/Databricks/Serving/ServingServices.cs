using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Databricks.Auth;
using Mirion.Generation.Infrastructure.Databricks.Http;
using Mirion.Generation.Infrastructure.Models;
using Mirion.Generation.Infrastructure.Models.OpenAI;

namespace Mirion.Generation.Infrastructure.Databricks.Serving;

/// <summary>Registers the model of a Databricks workspace.</summary>
internal static class ServingServices
{
    /// <summary>
    /// Adds the model. Questions are signed by the workspace's credentials and do not pass through the retries of the other APIs: a question has its own, which know what an
    /// answer is.
    /// </summary>
    public static IServiceCollection AddDatabricksServing(this IServiceCollection services)
    {
        services.AddDatabricksApi<IServingApi>(ServingJson.Default);
        services.AddChatClient(FoundationModelProvider.Databricks, Address).AddHttpMessageHandler<AccessTokenHandler>();
        services.AddSingleton<IValidateOptions<FoundationModelOptions>>(provider =>
            new GatewayAddressValidation(new Lazy<DatabricksOptions>(() => provider.GetRequiredService<IOptions<DatabricksOptions>>().Value)));
        return services.AddKeyedSingleton<IFoundationModel, ServingModel>(FoundationModelProvider.Databricks);
    }

    private static Uri Address(IServiceProvider provider) => ServingModel.AddressOf(
        provider.GetRequiredService<IOptions<FoundationModelOptions>>().Value, provider.GetRequiredService<IOptions<DatabricksOptions>>().Value);
}
