namespace Mirion.Generation.Application.Generation.Calls.Gate;

/// <summary>Whether a call may be let in.</summary>
/// <param name="Now">It may.</param>
/// <param name="At">When to ask again; null for when a call in flight has ended.</param>
internal readonly record struct Admission(bool Now, double? At = null);

/// <summary>
/// Decides when an endpoint is sent a call, from nothing but what became of earlier ones. It keeps two measures, since it is told of neither: how many calls may be in flight
/// (<see cref="ConcurrencyLimit"/>), and how many a second (<see cref="CallPace"/>).
/// </summary>
/// <remarks>
/// A call that is sent away is followed by a probe: one call, and nothing after it until it would have been sent away as well. When it gets in, the one before was chance or the edge of a limit,
/// and hardly anything changes. When several in a row are sent away, or the endpoint says for how long to stay away, the limit is found anew and nothing goes out until there is room again.
/// Where it keeps saying so although calls keep to what was found, there is no limit: its pauses are kept, and nothing is slowed down for them.
/// Times are seconds on a clock that only goes forward. Not safe for use by several threads at once.
/// </remarks>
internal sealed class GateControl(int mostInFlight)
{
    // A timer is late by a few milliseconds; what should have gone out meanwhile goes out with it.
    private const double Lateness = 0.005;
    // Less than any clock tells apart, and more than is lost in reckoning.
    private const double Instant = 1e-6;
    private const double LongestSpread = 0.05;
    private const double StartingAhead = 2.0;
    private const double Ahead = 1.5;
    private const double LeastProbe = 0.01;
    private const double LongestProbe = 0.5;
    private const int RefusedInARow = 3;
    private const int RefusedInARowByChance = 6;
    private const double ShareOfQuota = 0.98;
    private const double FirstPause = 0.25;
    private const double LongestPause = 30;

    private readonly ConcurrencyLimit _limit = new(mostInFlight);
    private readonly CallPace _pace = new();
    private readonly RecentCalls _recent = new();
    private readonly LossWatch _losses = new();

    private double _next;
    private double _pausedUntil;
    private double _resumedAt;
    private double _firstAt = double.NaN;
    private double _foundAt = double.NaN;
    private int _letIn;
    private int _sinceLoss;
    private double _reactedAt = -1;
    private int _refused;
    private double? _probeSafeAt;
    private int _inFlightAtRefusal;
    private double _refusalTime = 0.005;
    private int _pauses;
    private double _pausedSoFar;
    private double _firstPause;

    /// <summary>Calls in flight.</summary>
    public int InFlight { get; private set; }

    /// <summary>Calls that may be in flight.</summary>
    public double Limit => _limit.Value;

    /// <summary>Lets a call in, or says when to ask again.</summary>
    public Admission TryEnter(double now)
    {
        _pace.MoveTo(now);
        if (now < _pausedUntil - Instant) return new(Now: false, _pausedUntil);
        if (InFlight >= _limit.Calls) return new(Now: false);
        if (now < _next - Instant) return new(Now: false, _next);

        var gap = Math.Max(1 / _pace.PerSecond, Spread());
        if (_refused > 0 && _probeSafeAt is null && !IsIgnored(_refused))
        {
            var wait = ProbeTime(_refused);
            gap = Math.Max(gap, wait);
            _probeSafeAt = now + wait;
        }

        _next = Math.Max(_next, now - Lateness) + gap;
        if (double.IsNaN(_firstAt)) _firstAt = now;
        _recent.Add(now);
        InFlight++;
        _letIn++;
        _sinceLoss++;
        return new(Now: true);
    }

    /// <summary>A call that was let in at <paramref name="entered"/> was answered.</summary>
    public void Answered(double entered, double now)
    {
        SeeProbe(now);
        _limit.Answered(now - entered, InFlight, now);
        InFlight--;
        if (entered >= _reactedAt) ProbePassed();
    }

    /// <summary>A call ended without a word about the endpoint's load.</summary>
    public void Left(double now)
    {
        SeeProbe(now);
        InFlight--;
    }

    /// <summary>A call that was let in just now is not made after all.</summary>
    public void Withdrawn(double now)
    {
        _recent.Remove(now);
        InFlight--;
        _letIn--;
        _sinceLoss--;
        // If it was the probe, the next one is.
        _probeSafeAt = null;
    }

    /// <summary>A call that was let in at <paramref name="entered"/> was sent away, and the endpoint may have said for how many seconds.</summary>
    public void Throttled(double entered, double? retryAfter, double now)
    {
        InFlight--;
        _letIn--;
        _recent.MoveTo(now);
        _recent.Remove(entered);
        _refusalTime += (now - entered - _refusalTime) / 4;
        _limit.EndStart();
        _pace.MoveTo(now);
        if (retryAfter is { } pause) Pause(now + pause);

        // It went out before the last one that was sent away could change anything.
        if (entered < _reactedAt) return;
        SeeProbe(now);
        _refused++;
        (_probeSafeAt, _reactedAt) = (null, now);
        if (retryAfter is not null || _refused >= (_losses.IsChance ? RefusedInARowByChance : RefusedInARow))
        {
            Refused(retryAfter, now);
            return;
        }

        if (_refused == 1) Lost(now);
        if (!IsIgnored(_refused)) _next = Math.Max(_next, now + ProbeTime(_refused));
    }

    // Calls of a round go out over the round rather than all at once, so that a limit is met by few of them.
    private double Spread() => Math.Min(LongestSpread, _limit.Answers.Latency / ((_limit.IsStarting ? StartingAhead : Ahead) * _limit.Value));

    private bool IsIgnored(int refused) => refused == 1 && _losses.IsChance;

    // By then a call that is sent away is usually back; the second probe waits longer, for a place to become free.
    private double ProbeTime(int refused) => Math.Clamp(4 * _refusalTime, LeastProbe, LongestProbe) * (refused == 1 ? 1 : 4);

    private void SeeProbe(double now)
    {
        if (_probeSafeAt <= now) ProbePassed();
    }

    private void ProbePassed() => (_refused, _probeSafeAt, _pauses) = (0, null, 0);

    private void Pause(double until)
    {
        _pausedUntil = Math.Max(_pausedUntil, until);
        _next = Math.Max(_next, _pausedUntil);
    }

    /// <summary>A single call was sent away.</summary>
    private void Lost(double now)
    {
        var calls = Math.Max(1, _sinceLoss);
        var inFlight = InFlight + 1;
        (_sinceLoss, _inFlightAtRefusal) = (0, inFlight);
        _losses.Add(calls, now);
        if (!_pace.IsKnown)
        {
            if (!_limit.IsBelowWall(inFlight))
            {
                if (!_losses.IsTolerable) _limit.TouchWall(inFlight, now);
            }
            else if (_losses.IsHeavy)
            {
                _pace.Assume(_recent.Count, now);
                (_foundAt, _letIn) = (now, 0);
            }
            else
            {
                _limit.ForgetWall();
            }
        }
        else if (!_losses.IsTolerable)
        {
            var inVain = _losses.IsInVain(_pace.PerSecond, calls, now);
            _pace.Ease(_losses.Excess, now);
            if (!inVain) return;
            _pace.Forget();
            _limit.ForgetWall();
        }
    }

    /// <summary>Calls are sent away one after another, or the endpoint says to stay away.</summary>
    private void Refused(double? retryAfter, double now)
    {
        _pauses++;
        var inFlight = InFlight + 1;
        if (retryAfter is { } asked && _losses.AskedToPause(asked, _pace.IsHeld(now), now))
        {
            _pace.Forget();
            _limit.ForgetWall();
        }
        else if (_pauses == 1 || (_pauses == 2 && !_pace.IsKnown))
        {
            FindLimit(inFlight, retryAfter is not null, now);
        }

        var until = now + PauseTime(retryAfter, now);
        Pause(until);
        (_resumedAt, _reactedAt) = (_pausedUntil, _pausedUntil - Instant);
        // The first call after a pause is a probe, and one that is sent away is no chance.
        (_refused, _probeSafeAt, _sinceLoss) = (RefusedInARow - 1, null, 0);
    }

    private void FindLimit(int inFlight, bool pausing, double now)
    {
        var isPace = _pauses == 2 || inFlight == 1 || (!pausing && inFlight <= 0.9 * _inFlightAtRefusal) || _limit.IsBelowWall(inFlight);
        if (isPace) _pace.Find(Math.Max(1, _recent.Count), _letIn, now - (double.IsNaN(_foundAt) ? _firstAt : _foundAt), now - _resumedAt, pausing, now);
        else _limit.HitWall(inFlight, now);
        (_foundAt, _letIn) = (now, 0);
    }

    private double PauseTime(double? retryAfter, double now)
    {
        if (retryAfter is { } asked) return Math.Max(asked, UntilThereIsRoom(now));
        if (_pauses == 1 && !_pace.IsKnown) return LeastProbe;
        if (_pauses <= 2) return Math.Max(UntilThereIsRoom(now), _pace.IsKnown ? Math.Max(1 / _pace.PerSecond, LeastProbe) : LeastProbe);

        // Not a quota by the second, then: longer and longer, beginning at a part of what was long enough the last time.
        if (_pauses == 3) (_firstPause, _pausedSoFar) = (Math.Max(Math.Max(FirstPause, _pace.IsKnown ? 1 / _pace.PerSecond : 0), _pausedSoFar / 4), 0);
        var pause = Math.Min(LongestPause, _firstPause * Math.Pow(2, _pauses - 3));
        _pausedSoFar += pause;
        return pause;
    }

    // Until the calls of the last second leave room for one more at the pace that was found.
    private double UntilThereIsRoom(double now) => _pace.IsKnown ? Math.Max(0, _recent.WhenAtMost((int)(_pace.PerSecond * ShareOfQuota)) - now) : 0;
}
