namespace Mirion.Generation.Application.Generation.Telemetry;

/// <summary>How an endpoint is told in metrics: by its host alone, since what follows that in an address may hold a secret.</summary>
internal static class EndpointAttributes
{
    private const string Embedded = "embedded/";

    /// <summary>The address of the endpoint of that name, without its path.</summary>
    public static KeyValuePair<string, object?> Address(string endpoint) => new("server.address", endpoint.Split('/')[0]);

    /// <summary>What kind of interface is spoken there.</summary>
    public static KeyValuePair<string, object?> Provider(string endpoint) =>
        new("gen_ai.provider.name", endpoint.StartsWith(Embedded, StringComparison.Ordinal) ? "mirion.embedded" : "openai");
}
