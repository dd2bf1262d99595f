using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Mirion.Generation.Infrastructure.Databricks.Auth;
using Mirion.Generation.Infrastructure.Http;
using Refit;

namespace Mirion.Generation.Infrastructure.Databricks.Http;

/// <summary>Registers the clients of the workspace's APIs, each a Refit interface, all with the same handlers.</summary>
internal static class DatabricksApis
{
    /// <summary>
    /// Adds the client of an API: what fails is a <see cref="DatabricksException"/>, calls that may do better are made again, all are signed.
    /// </summary>
    /// <typeparam name="TApi">The Refit interface.</typeparam>
    /// <param name="services">Where to add it.</param>
    /// <param name="json">The API's bodies, generated from source; nulls must not be written, as the APIs refuse members they do not expect.</param>
    public static IServiceCollection AddDatabricksApi<TApi>(this IServiceCollection services, JsonSerializerContext json)
        where TApi : class
    {
        services.AddClient<TApi>(json).AddHttpMessageHandler<AccessTokenHandler>();
        return services;
    }

    /// <summary>Adds what every client needs, and the one that fetches tokens, which is not signed itself.</summary>
    public static IServiceCollection AddDatabricksSignIn(this IServiceCollection services)
    {
        services.TryAddTransient<FailureHandler>();
        services.TryAddTransient<RetryHandler>();
        services.TryAddTransient<AccessTokenHandler>();
        services.AddClient<ITokenApi>(TokenJson.Default);
        services.TryAddSingleton<ClientCredentials>();
        services.TryAddSingleton<IAccessTokens>(provider => provider.GetRequiredService<IOptions<DatabricksOptions>>().Value.Token is { Length: > 0 } token
            ? new StaticToken(token)
            : provider.GetRequiredService<ClientCredentials>());
        return services;
    }

    private static IHttpClientBuilder AddClient<TApi>(this IServiceCollection services, JsonSerializerContext json)
        where TApi : class => services.AddRefitGeneratedClient<TApi>(RestClients.Settings(json))
        .At(provider => provider.GetRequiredService<IOptions<DatabricksOptions>>().Value.Address)
        .AddHttpMessageHandler<FailureHandler>()
        .AddHttpMessageHandler<RetryHandler>();
}
