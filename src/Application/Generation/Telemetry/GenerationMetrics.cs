using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Mirion.Generation.Application.Generation.Calls.Gate;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation.Telemetry;

/// <summary>
/// The metrics of the generations in this process. Items are counted a batch at a time and gauges are read when somebody asks, so that an item costs nothing here; a call
/// costs a few measurements with attributes that were made once.
/// </summary>
internal sealed class GenerationMetrics : IDisposable
{
    /// <summary>The attribute that says what came of what is counted.</summary>
    public const string Outcome = "mirion.generation.outcome";

    private readonly Meter _meter = new(GenerationTelemetry.Name);
    private readonly ConcurrentDictionary<string, (EndpointGate Gate, KeyValuePair<string, object?> Address)> _gates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Endpoint, string? Model), CallMeter> _calls = new();
    private readonly ConcurrentDictionary<RunQueues, byte> _runs = new();
    private readonly Counter<long> _items;
    private readonly Counter<long> _endedRuns;
    private readonly Histogram<double> _commits;

    public GenerationMetrics()
    {
        _items = _meter.CreateCounter<long>("mirion.generation.items", "{item}", "Items whose pair was stored, by where it came from.");
        _endedRuns = _meter.CreateCounter<long>("mirion.generation.runs", "{run}", "Runs that ended, by why.");
        _commits = _meter.CreateHistogram("mirion.generation.batch.duration", "s", "How long it took to store a batch.", advice: Seconds(0.001, 14));
        Attempts = _meter.CreateCounter<long>("mirion.generation.attempts", "{attempt}", "Attempts to have a question answered, by what came of them; all but the first of a call are retries.");
        Calls = _meter.CreateHistogram("gen_ai.client.operation.duration", "s", "How long a call took, over all its attempts.", advice: Seconds(0.01, 14));
        Tokens = _meter.CreateHistogram("gen_ai.client.token.usage", "{token}", "Tokens of a call, as the model counted them.", advice: Powers(1L, 4, 14));
        _meter.CreateObservableGauge("mirion.generation.runs.active", () => _runs.Count, "{run}", "Runs at work in this process.");
        _meter.CreateObservableGauge("mirion.generation.calls.in_flight", () => Gates(gate => gate.InFlight), "{call}", "Attempts in flight at an endpoint.");
        _meter.CreateObservableGauge("mirion.generation.calls.limit", () => Gates(gate => gate.Limit), "{call}", "How many attempts an endpoint is sent at once, at the moment.");
        _meter.CreateObservableGauge("mirion.generation.queue.depth", Depths, "{item}", "Items that wait: open for a model, finished for the store.");
    }

    /// <summary>Attempts, by what came of them.</summary>
    public Counter<long> Attempts { get; }

    /// <summary>Calls by their duration.</summary>
    public Histogram<double> Calls { get; }

    /// <summary>Calls by the tokens they took.</summary>
    public Histogram<long> Tokens { get; }

    /// <summary>What measures the calls that ask <paramref name="model"/> at <paramref name="endpoint"/>.</summary>
    public CallMeter Of(string endpoint, string? model) =>
        _calls.GetOrAdd((endpoint, model), static (asked, metrics) => new CallMeter(metrics, asked.Endpoint, asked.Model), this);

    /// <summary>Counts a run as at work until the answer is disposed.</summary>
    /// <param name="endpoint">The endpoint it asks.</param>
    /// <param name="gate">The gate before that.</param>
    /// <param name="queues">Its queues.</param>
    public IDisposable Observe(string endpoint, EndpointGate gate, RunQueues queues)
    {
        _gates.GetOrAdd(endpoint, static (name, gate) => (gate, EndpointAttributes.Address(name)), gate);
        _runs.TryAdd(queues, 0);
        return new Observation(_runs, queues);
    }

    /// <summary>Counts a batch that was stored.</summary>
    /// <param name="pairs">Its pairs.</param>
    /// <param name="work">What they took.</param>
    /// <param name="took">How long it took to store it.</param>
    public void Stored(int pairs, GenerationStatistics work, TimeSpan took)
    {
        _commits.Record(took.TotalSeconds);
        Count("canonical_label", work.CanonicalReused);
        Count("model", work.ModelGenerated);
        Count("failed", work.FailedItems);
        Count("other", pairs - work.CanonicalReused - work.ModelGenerated - work.FailedItems);
    }

    /// <summary>Counts a run that ended, early when there is a failure.</summary>
    public void Ended(Exception? failure) => _endedRuns.Add(1, new KeyValuePair<string, object?>(Outcome, failure is null ? "completed" : GenerationTelemetry.CodeOf(failure)));

    public void Dispose() => _meter.Dispose();

    private static InstrumentAdvice<double> Seconds(double first, int count) => Powers(first, 2, count);

    private static InstrumentAdvice<T> Powers<T>(T first, int factor, int count)
        where T : struct, System.Numerics.INumber<T>
    {
        var bounds = new T[count];
        for (var i = 0; i < count; i++) bounds[i] = i == 0 ? first : bounds[i - 1] * T.CreateChecked(factor);
        return new InstrumentAdvice<T> { HistogramBucketBoundaries = bounds };
    }

    private void Count(string outcome, long items)
    {
        if (items > 0) _items.Add(items, new KeyValuePair<string, object?>(Outcome, outcome));
    }

    private IEnumerable<Measurement<double>> Gates(Func<EndpointGate, double> read) => _gates.Values.Select(entry => new Measurement<double>(read(entry.Gate), entry.Address));

    private IEnumerable<Measurement<int>> Depths()
    {
        const string Queue = "mirion.generation.queue";
        yield return new(_runs.Keys.Sum(run => run.Open()), new KeyValuePair<string, object?>(Queue, "open"));
        yield return new(_runs.Keys.Sum(run => run.Finished()), new KeyValuePair<string, object?>(Queue, "finished"));
    }

    private sealed class Observation(ConcurrentDictionary<RunQueues, byte> runs, RunQueues queues) : IDisposable
    {
        public void Dispose() => runs.TryRemove(queues, out _);
    }
}

/// <summary>The queues of a run.</summary>
/// <param name="Open">How many items wait for a model.</param>
/// <param name="Finished">How many pairs wait to be stored.</param>
internal sealed record RunQueues(Func<int> Open, Func<int> Finished);
