using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Mirion.Generation.Application.Generation;

/// <summary>How many calls an endpoint may be sent at once.</summary>
public sealed class ModelGateOptions
{
    /// <summary>Where these options stand in configuration, beside the other settings of the model.</summary>
    public const string SectionName = "FoundationModel";

    /// <summary>Ceiling on calls in flight.</summary>
    public int MaxConcurrency { get; set; } = 64;
}

/// <summary>Lets calls through to an endpoint, so many at a time. Concurrency belongs to the endpoint: runs that ask the same one share its limit.</summary>
internal sealed class ModelGate(IOptions<ModelGateOptions> options)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _slots = new(StringComparer.Ordinal);

    /// <summary>Ceiling on calls in flight.</summary>
    public int MaxConcurrency => options.Value.MaxConcurrency;

    /// <summary>Waits for a slot, held until the answer is disposed, whatever came of the call.</summary>
    public async Task<IDisposable> EnterAsync(string endpoint, CancellationToken cancellationToken)
    {
        var slots = _slots.GetOrAdd(endpoint, static (_, limit) => new SemaphoreSlim(limit, limit), MaxConcurrency);
        await slots.WaitAsync(cancellationToken);
        return new Slot(slots);
    }

    private sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0) slots.Release();
        }
    }
}
