namespace Mirion.Generation.Application.Generation.Calls.Gate;

/// <summary>
/// How many calls may be in flight. It doubles with every round of answers until an endpoint pushes back, either by sending calls away or by answering more slowly. The number
/// in flight at which calls were sent away is a wall: the limit stays just below it, and feels for it now and then.
/// </summary>
internal sealed class ConcurrencyLimit(int most)
{
    /// <summary>Calls in flight at the start. A burst of them is the one thing sent before anything is known of an endpoint.</summary>
    public const int AtStart = 24;

    // Below the wall by this much nothing happens there; one call less, where the wall is low.
    private const double BelowWall = 0.95;
    private const double UnderWall = 0.97;
    private const double WallHolds = 10;
    private const double TouchedWallHolds = 1;
    private const double FeelingForWall = 0.2;
    private const double InUse = 0.8;
    private const double LessLoad = 0.9;
    private const double EnoughLess = 0.7;

    private double _value = Math.Min(AtStart, most);
    private bool _starting = true;
    private double? _wall;
    private double _wallHoldsUntil;
    private (double Limit, double Mean)? _shrinkingFrom;

    /// <summary>The limit; whole calls of it count.</summary>
    public double Value => _value;

    /// <summary>Calls that may be in flight.</summary>
    public int Calls => Math.Max(1, (int)(_value + 1e-9));

    /// <summary>Whether it is still doubling.</summary>
    public bool IsStarting => _starting;

    /// <summary>What answers tell about the endpoint's load.</summary>
    public LatencyWatch Answers { get; } = new();

    /// <summary>Takes an answer into account, with <paramref name="inFlight"/> calls before it was there.</summary>
    public void Answered(double latency, int inFlight, double now)
    {
        if (Answers.Add(latency, _value, now)) Weigh(inFlight);
        if (_starting)
        {
            _value = Math.Min(most, _value + 1);
        }
        else if (inFlight >= InUse * Calls && Answers.Load is Load.Light)
        {
            Grow(now);
        }
    }

    /// <summary>The endpoint sent a call away: from here on growth is careful.</summary>
    public void EndStart() => _starting = false;

    /// <summary>Whether calls were sent away with fewer in flight than it once took, so that it was not their number.</summary>
    public bool IsBelowWall(int inFlight) => _wall is { } wall && inFlight <= UnderWall * wall;

    /// <summary>A call was sent away with <paramref name="inFlight"/> there, and then others were let in.</summary>
    public void TouchWall(int inFlight, double now)
    {
        (_wall, _wallHoldsUntil) = (inFlight, now + TouchedWallHolds);
        _value = Math.Max(1, Math.Min(_value, inFlight) * UnderWall);
    }

    /// <summary>Calls are sent away with <paramref name="inFlight"/> there.</summary>
    public void HitWall(int inFlight, double now)
    {
        (_wall, _wallHoldsUntil) = (inFlight, now + WallHolds);
        _value = Math.Max(1, inFlight * BelowWall);
    }

    /// <summary>It is not the number in flight that matters.</summary>
    public void ForgetWall() => _wall = null;

    private void Grow(double now)
    {
        if (_wall is not { } wall || _value < (BelowWall * wall) - 1)
        {
            _value = Math.Min(most, _value + 1);
        }
        else if (now > _wallHoldsUntil)
        {
            _value = Math.Min(most, _value + (FeelingForWall / _value));
            if (_value > wall + 1) _wall = null;
        }
    }

    // Fewer calls at once, as long as that makes answers quicker. Where it does not, they take longer for a reason of their own.
    private void Weigh(int inFlight)
    {
        if (Answers.Load is not Load.Light) _starting = false;
        if (Answers.Load is not Load.Excessive || inFlight < _value / 2)
        {
            _shrinkingFrom = null;
            return;
        }

        var (limit, mean) = _shrinkingFrom ??= (_value, Answers.Mean);
        _value = Math.Max(1, _value * LessLoad);
        if (_value >= EnoughLess * limit) return;
        if (Answers.Mean > LessLoad * mean)
        {
            Answers.AcceptMean();
            _value = limit;
        }

        _shrinkingFrom = null;
    }
}
