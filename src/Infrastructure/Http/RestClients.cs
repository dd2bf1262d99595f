using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Domain.Common;
using Refit;

namespace Mirion.Generation.Infrastructure.Http;

/// <summary>What all clients of others' HTTP APIs have in common.</summary>
internal static class RestClients
{
    /// <summary>How bodies are written and read.</summary>
    /// <param name="json">The API's bodies, generated from source. Nulls are left out: APIs refuse members that they do not expect.</param>
    public static RefitSettings Settings(JsonSerializerContext json)
    {
        // The default encoder blows up base64 and everything beyond ASCII, and some endpoints take 4 MB at most.
        var options = new JsonSerializerOptions(json.Options) { Encoder = CompactJson.Encoder, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        return new RefitSettings(new SystemTextJsonContentSerializer(options))
        {
            // A body that can be sent again.
            RequestBodySerialization = RequestBodySerializationMode.Buffered,
            // Refit's own exception spells the whole request out, the credentials included.
            TransportExceptionFactory = (_, exception, _) => exception,
        };
    }

    /// <summary>Sends calls to <paramref name="address"/>, under this program's name.</summary>
    public static IHttpClientBuilder At(this IHttpClientBuilder client, Func<IServiceProvider, Uri> address) => client
        .ConfigureHttpClient((services, http) =>
        {
            http.BaseAddress = address(services);
            // Each attempt has its own limit, on the host's clock.
            http.Timeout = Timeout.InfiniteTimeSpan;
            http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("mirion-generation", typeof(RestClients).Assembly.GetName().Version!.ToString(fieldCount: 3)));
        })
        .WithOwnConnections();

    /// <summary>Has calls made over connections that go where they were sent to and nowhere else.</summary>
    public static IHttpClientBuilder WithOwnConnections(this IHttpClientBuilder client) => client
        .ConfigurePrimaryHttpMessageHandler(Connections)
        // Clients are held for as long as the host lives; connections are renewed by the handler below.
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
        // The factory's own loggers write several lines a call, addresses included.
        .RemoveAllLoggers();

    private static SocketsHttpHandler Connections() => new()
    {
        // How many calls are in flight is decided above, not by the pool; credentials and data follow no redirect.
        MaxConnectionsPerServer = int.MaxValue,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
