namespace Mirion.Generation.Application.Generation.Calls.Gate;

/// <summary>
/// Lets attempts through to an endpoint as <see cref="GateControl"/> decides: those of calls that were tried before first, each kind in the order they came. Safe for use by several threads at once.
/// </summary>
internal sealed class EndpointGate : IDisposable
{
    private readonly Lock _lock = new();
    private readonly WaitingLine<GatePass> _line = new();
    private readonly GateControl _control;
    private readonly TimeProvider _clock;
    private readonly long _origin;
    private readonly ITimer _timer;
    private double _timerAt = double.PositiveInfinity;

    /// <summary>A gate that lets at most <paramref name="mostInFlight"/> attempts through at once.</summary>
    public EndpointGate(int mostInFlight, TimeProvider clock)
    {
        (_control, _clock, _origin) = (new GateControl(mostInFlight), clock, clock.GetTimestamp());
        _timer = clock.CreateTimer(static gate => ((EndpointGate)gate!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Attempts in flight.</summary>
    public int InFlight
    {
        get
        {
            lock (_lock) return _control.InFlight;
        }
    }

    /// <summary>How many there may be now.</summary>
    public double Limit
    {
        get
        {
            lock (_lock) return _control.Limit;
        }
    }

    private double Now => _clock.GetElapsedTime(_origin).TotalSeconds;

    /// <summary>Waits until one more attempt may be made.</summary>
    /// <param name="again">Whether the call was tried before; such a call goes before new ones.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<GatePass> EnterAsync(bool again, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<GatePass>(cancellationToken);
        lock (_lock)
        {
            if (_line.IsFirst(again))
            {
                var now = Now;
                var admission = _control.TryEnter(now);
                if (admission.Now) return new(new GatePass(this, now));
                WakeAt(admission.At, now);
            }

            return _line.WaitAsync(again, cancellationToken);
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>An attempt that was let through at <paramref name="entered"/> was answered.</summary>
    internal void Answered(double entered)
    {
        lock (_lock)
        {
            var now = Now;
            _control.Answered(entered, now);
            Admit(now);
        }
    }

    /// <summary>One was sent away, for so long if the endpoint said.</summary>
    internal void Throttled(double entered, TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            var now = Now;
            _control.Throttled(entered, retryAfter?.TotalSeconds, now);
            Admit(now);
        }
    }

    /// <summary>One ended and tells nothing about the endpoint's load.</summary>
    internal void Left()
    {
        lock (_lock)
        {
            var now = Now;
            _control.Left(now);
            Admit(now);
        }
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            _timerAt = double.PositiveInfinity;
            Admit(Now);
        }
    }

    private void Admit(double now)
    {
        while (_line.HasAny())
        {
            var admission = _control.TryEnter(now);
            if (!admission.Now)
            {
                WakeAt(admission.At, now);
                return;
            }

            // One that gave up just now leaves its place to the next.
            if (!_line.TryServe(new GatePass(this, now))) _control.Withdrawn(now);
        }
    }

    // Null: when an attempt in flight ends.
    private void WakeAt(double? at, double now)
    {
        if (at is not { } wake || wake >= _timerAt) return;
        _timerAt = wake;
        // Timers go by whole milliseconds, and one that is early would only be set again.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(((wake - now) * 1000) - 1e-3))), Timeout.InfiniteTimeSpan);
    }
}
