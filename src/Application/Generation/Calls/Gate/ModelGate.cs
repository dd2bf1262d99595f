using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Mirion.Generation.Application.Generation.Calls.Gate;

/// <summary>The gates before endpoints. Concurrency belongs to the endpoint: runs that ask the same one share its gate.</summary>
internal sealed class ModelGate(IOptions<ModelCallOptions> options)
{
    private readonly ConcurrentDictionary<string, EndpointGate> _gates = new(StringComparer.Ordinal);

    /// <summary>Ceiling on attempts in flight at one endpoint.</summary>
    public int MaxConcurrency => options.Value.MaxConcurrency;

    /// <summary>The gate before the endpoint of that name.</summary>
    public EndpointGate Of(string endpoint) => _gates.GetOrAdd(endpoint, static (_, limit) => new EndpointGate(limit), MaxConcurrency);
}
