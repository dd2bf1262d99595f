using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Infrastructure.Http;
using Refit;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>Registers the HTTP clients of endpoints that speak chat completions.</summary>
internal static class ChatClients
{
    /// <summary>Adds the client of a provider's endpoint, keyed by the provider; who signs its calls, and how, is added to what comes back.</summary>
    public static IHttpClientBuilder AddChatClient(this IServiceCollection services, FoundationModelProvider provider, Func<IServiceProvider, Uri> address) => services
        .AddKeyedRefitGeneratedClient<IChatCompletionsApi>(provider, RestClients.Settings(ChatJson.Default))
        .At(address);
}
