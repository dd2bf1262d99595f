using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Domain.Common;
using Refit;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>Registers the HTTP clients of endpoints that speak chat completions.</summary>
internal static class ChatClients
{
    /// <summary>Adds the client of a provider's endpoint, keyed by the provider; who signs its calls, and how, is added to what comes back.</summary>
    public static IHttpClientBuilder AddChatClient(this IServiceCollection services, FoundationModelProvider provider, Func<IServiceProvider, Uri> address) => services
        .AddKeyedRefitGeneratedClient<IChatCompletionsApi>(provider, Settings())
        .ConfigureHttpClient((host, client) => Configure(client, address(host)))
        .ConfigurePrimaryHttpMessageHandler(Handler)
        // The model holds its client for as long as the host lives; connections are renewed by the handler below.
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
        // The factory's own loggers write several lines a call.
        .RemoveAllLoggers();

    private static RefitSettings Settings()
    {
        // The default encoder blows up base64 and everything beyond ASCII, and some endpoints take 4 MB at most.
        var options = new JsonSerializerOptions(ChatJson.Default.Options) { Encoder = CompactJson.Encoder };
        return new RefitSettings(new SystemTextJsonContentSerializer(options))
        {
            RequestBodySerialization = RequestBodySerializationMode.Buffered,
            // Refit's own exception spells the whole request out, the key included.
            TransportExceptionFactory = (_, exception, _) => exception,
        };
    }

    private static void Configure(HttpClient client, Uri address)
    {
        client.BaseAddress = address;
        // Each attempt has its own limit, on the host's clock.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("mirion-generation", typeof(ChatClients).Assembly.GetName().Version!.ToString(fieldCount: 3)));
    }

    private static SocketsHttpHandler Handler() => new()
    {
        // How many calls are in flight is decided above, not by the pool; questions and keys go nowhere but to the endpoint.
        MaxConnectionsPerServer = int.MaxValue,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
