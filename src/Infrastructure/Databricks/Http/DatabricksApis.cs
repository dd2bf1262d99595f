using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Infrastructure.Databricks.Auth;
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

    /// <summary>How connections to the workspace are made, and to where its results lie.</summary>
    public static SocketsHttpHandler Connections() => new()
    {
        // Tokens and data go nowhere but where they were sent to.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private static IHttpClientBuilder AddClient<TApi>(this IServiceCollection services, JsonSerializerContext json)
        where TApi : class => services.AddRefitGeneratedClient<TApi>(Settings(json))
        .ConfigureHttpClient(Configure)
        .ConfigurePrimaryHttpMessageHandler(Connections)
        // Clients are held for as long as the host lives; connections are renewed by the handler.
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
        .RemoveAllLoggers()
        .AddHttpMessageHandler<FailureHandler>()
        .AddHttpMessageHandler<RetryHandler>();

    private static RefitSettings Settings(JsonSerializerContext json)
    {
        var options = new JsonSerializerOptions(json.Options) { Encoder = CompactJson.Encoder, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        return new RefitSettings(new SystemTextJsonContentSerializer(options))
        {
            // A body that can be sent again.
            RequestBodySerialization = RequestBodySerializationMode.Buffered,
            // Refit's own exception spells the whole request out, the token included.
            TransportExceptionFactory = (_, exception, _) => exception,
        };
    }

    private static void Configure(IServiceProvider provider, HttpClient client)
    {
        client.BaseAddress = provider.GetRequiredService<IOptions<DatabricksOptions>>().Value.Address;
        // Each attempt has its own limit, on the host's clock.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("mirion-generation", typeof(DatabricksApis).Assembly.GetName().Version!.ToString(fieldCount: 3)));
    }
}
