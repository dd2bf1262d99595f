using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Generation.Calls.Budgets;
using Mirion.Generation.Application.Generation.Calls.Gate;

namespace Mirion.Generation.Application.Generation.Calls;

/// <summary>An endpoint, as its callers see it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Gate">How many calls it is sent at once.</param>
/// <param name="Budget">What it may be sent a minute; null when that is not limited.</param>
/// <param name="Health">Whether it answers anybody.</param>
internal sealed record CallEndpoint(string Name, EndpointGate Gate, EndpointBudget? Budget, EndpointHealth Health)
{
    /// <summary>Waits until one more attempt may be made.</summary>
    /// <param name="again">Whether the call was tried before; such a call goes before new ones.</param>
    /// <param name="tokens">What it is expected to take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<Entry> EnterAsync(bool again, long tokens, CancellationToken cancellationToken) => Budget is null
        ? new Entry(await Gate.EnterAsync(again, cancellationToken), Spending: null)
        : await Budget.EnterAsync(Gate, again, tokens, cancellationToken);
}

/// <summary>The endpoints that are asked by this process. What is known of one is shared by all runs that ask it.</summary>
internal sealed class CallEndpoints(IOptions<ModelCallOptions> options, TimeProvider clock) : IDisposable
{
    // Lazy: a gate has a timer, and the dictionary may drop what it asked for.
    private readonly ConcurrentDictionary<string, Lazy<CallEndpoint>> _endpoints = new(StringComparer.Ordinal);

    /// <summary>The endpoint of that name.</summary>
    public CallEndpoint Of(string name) => _endpoints.GetOrAdd(name, name => new(() => Make(name))).Value;

    public void Dispose()
    {
        foreach (var endpoint in _endpoints.Values) endpoint.Value.Gate.Dispose();
    }

    private CallEndpoint Make(string name) => new(name, new EndpointGate(options.Value.MaxConcurrency, clock), EndpointBudget.Of(options.Value, clock), new EndpointHealth());
}
