using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Mirion.Generation.Application.Generation.Calls.Gate;

/// <summary>The gates before endpoints. Limits belong to the endpoint: runs that ask the same one share its gate, and what is known of it.</summary>
internal sealed class ModelGate(IOptions<ModelCallOptions> options, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<EndpointGate>> _gates = new(StringComparer.Ordinal);

    /// <summary>Ceiling on attempts in flight at one endpoint.</summary>
    public int MaxConcurrency => options.Value.MaxConcurrency;

    /// <summary>The gate before the endpoint of that name.</summary>
    public EndpointGate Of(string endpoint) => _gates.GetOrAdd(endpoint, _ => new(() => new EndpointGate(MaxConcurrency, clock))).Value;

    public void Dispose()
    {
        foreach (var gate in _gates.Values) gate.Value.Dispose();
    }
}
