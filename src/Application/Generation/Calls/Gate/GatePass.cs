namespace Mirion.Generation.Application.Generation.Calls.Gate;

/// <summary>Leave to make one attempt. It is given back once, with what the attempt says about the endpoint; whatever follows changes nothing.</summary>
internal sealed class GatePass(EndpointGate gate, double entered) : IDisposable
{
    private int _given;

    /// <summary>The endpoint answered, if only to refuse the question.</summary>
    public void Answered()
    {
        if (Give()) gate.Answered(entered);
    }

    /// <summary>The endpoint has more to do than it can, and may have said for how long.</summary>
    public void Throttled(TimeSpan? retryAfter)
    {
        if (Give()) gate.Throttled(entered, retryAfter);
    }

    /// <summary>Nothing came of it, which says nothing about the endpoint's load.</summary>
    public void Failed() => Dispose();

    /// <summary>The attempt was called off.</summary>
    public void Dispose()
    {
        if (Give()) gate.Left();
    }

    private bool Give() => Interlocked.Exchange(ref _given, 1) == 0;
}
