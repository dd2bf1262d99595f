using System.Collections.Concurrent;
using Mirion.Generation.Application.Generation.Calls.Gate;

namespace Mirion.Generation.Application.Generation.Calls;

/// <summary>An endpoint, as its callers see it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Gate">How many calls it is sent at once.</param>
/// <param name="Health">Whether it answers anybody.</param>
internal sealed record CallEndpoint(string Name, EndpointGate Gate, EndpointHealth Health);

/// <summary>The endpoints that are asked by this process. What is known of one is shared by all runs that ask it.</summary>
internal sealed class CallEndpoints(ModelGate gate)
{
    private readonly ConcurrentDictionary<string, CallEndpoint> _endpoints = new(StringComparer.Ordinal);

    /// <summary>The endpoint of that name.</summary>
    public CallEndpoint Of(string name) => _endpoints.GetOrAdd(name, static (name, gate) => new CallEndpoint(name, gate.Of(name), new EndpointHealth()), gate);
}
