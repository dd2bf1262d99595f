using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mirion.Generation.Domain.Common;
using Refit;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>Registers the HTTP client of <see cref="OpenAICompatibleModel"/>.</summary>
internal static class OpenAICompatibleServices
{
    public static IServiceCollection AddChatCompletionsApi(this IServiceCollection services)
    {
        services.AddRefitGeneratedClient<IChatCompletionsApi>(Settings())
            .ConfigureHttpClient(Configure)
            .ConfigurePrimaryHttpMessageHandler(Handler)
            // The model holds its client for as long as the host lives; connections are renewed by the handler below.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // The factory's own loggers write several lines a call.
            .RemoveAllLoggers();
        return services;
    }

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

    private static void Configure(IServiceProvider provider, HttpClient client)
    {
        var options = provider.GetRequiredService<IOptions<FoundationModelOptions>>().Value;
        client.BaseAddress = new Uri(options.BaseUrl!);
        // Each attempt has its own limit, on the host's clock.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue(
            "mirion-generation", typeof(OpenAICompatibleServices).Assembly.GetName().Version!.ToString(fieldCount: 3)));
        if (options.ApiKey is { } key) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    private static SocketsHttpHandler Handler() => new()
    {
        // How many calls are in flight is decided above, not by the pool; questions and keys go nowhere but to BaseUrl.
        MaxConnectionsPerServer = int.MaxValue,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
