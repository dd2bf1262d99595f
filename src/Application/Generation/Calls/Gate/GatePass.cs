namespace Mirion.Generation.Application.Generation.Calls.Gate;

/// <summary>Leave to make one attempt. It is given back once, with what the attempt says about the endpoint; whatever follows changes nothing.</summary>
internal sealed class GatePass(EndpointGate gate) : IDisposable
{
    private int _given;

    /// <summary>The endpoint answered, if only to refuse the question.</summary>
    public void Answered() => Leave();

    /// <summary>The endpoint has more to do than it can, and may have said for how long.</summary>
    public void Throttled(TimeSpan? retryAfter)
    {
        _ = retryAfter;
        Leave();
    }

    /// <summary>Nothing came of it.</summary>
    public void Failed() => Leave();

    /// <summary>The attempt was called off, which says nothing about the endpoint.</summary>
    public void Dispose() => Leave();

    private void Leave()
    {
        if (Interlocked.Exchange(ref _given, 1) == 0) gate.Leave();
    }
}
