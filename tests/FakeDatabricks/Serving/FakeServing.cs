using System.Collections.Concurrent;

namespace Mirion.Generation.FakeDatabricks.Serving;

/// <summary>The serving endpoints of the workspace: what was asked, and what is answered.</summary>
public sealed class FakeServing
{
    /// <summary>The endpoint that is there, and ready, from the start.</summary>
    public const string Model = "databricks-fake-model";

    private readonly ConcurrentDictionary<string, bool> _ready = new() { [Model] = true };
    private readonly ConcurrentQueue<ServingCall> _calls = new();
    private readonly ConcurrentQueue<ServingAnswer> _next = new();
    private volatile Task _held = Task.CompletedTask;
    private volatile ServingAnswer _always = ServingAnswers.Default;
    private int _number;
    private int _inFlight;
    private int _mostInFlight;

    /// <summary>The questions that came to a model, in the order they came.</summary>
    public IReadOnlyList<ServingCall> Calls => [.. _calls];

    /// <summary>How many questions came to a model.</summary>
    public int CallCount => _calls.Count;

    /// <summary>How many questions are open now.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>The most questions that were open at once.</summary>
    public int MostInFlight => Volatile.Read(ref _mostInFlight);

    /// <summary>The endpoints, and whether each is ready.</summary>
    internal IReadOnlyDictionary<string, bool> Endpoints => _ready;

    /// <summary>Answers every question so from now on.</summary>
    public FakeServing Always(ServingAnswer answer)
    {
        _always = answer;
        return this;
    }

    /// <summary>Answers the next questions so, one each, before it goes back to what it always does.</summary>
    public FakeServing Next(params ReadOnlySpan<ServingAnswer> answers)
    {
        foreach (var answer in answers) _next.Enqueue(answer);
        return this;
    }

    /// <summary>Gives no answer from now on until <paramref name="gate"/> completes.</summary>
    public FakeServing Hold(Task gate)
    {
        _held = gate;
        return this;
    }

    /// <summary>Makes an endpoint, or says whether one that is there is ready.</summary>
    public FakeServing Endpoint(string name, bool ready = true)
    {
        _ready[name] = ready;
        return this;
    }

    /// <summary>Takes an endpoint away.</summary>
    public FakeServing Without(string name)
    {
        _ready.TryRemove(name, out _);
        return this;
    }

    /// <summary>Answers one question, which is open meanwhile; simulated work takes real time, whatever clock tokens and links go by.</summary>
    internal async Task<ServingReply> AskAsync(Func<int, ServingCall> question, TimeSpan latency, CancellationToken cancellationToken)
    {
        Raise(ref _mostInFlight, Interlocked.Increment(ref _inFlight));
        try
        {
            var call = question(Interlocked.Increment(ref _number));
            _calls.Enqueue(call);
            var answer = _next.TryDequeue(out var next) ? next : _always;
            if (latency > TimeSpan.Zero) await Task.Delay(latency, TimeProvider.System, cancellationToken);
            await _held.WaitAsync(cancellationToken);
            return answer(call);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private static void Raise(ref int mark, int value)
    {
        for (var seen = Volatile.Read(ref mark); value > seen;)
        {
            var before = Interlocked.CompareExchange(ref mark, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
