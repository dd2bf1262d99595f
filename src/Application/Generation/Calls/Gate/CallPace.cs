namespace Mirion.Generation.Application.Generation.Calls.Gate;

/// <summary>
/// How many calls a second an endpoint takes, as far as it can be told from when it sent calls away. Nothing is known of it at first. Once something is, calls keep just below it for a
/// while, and then feel, ever more boldly, for whether there is more.
/// </summary>
internal sealed class CallPace
{
    private const double JustBelow = 0.985;
    private const double Least = 0.2;

    // How long a pace is kept before more is tried; longer where each trial costs a pause that the endpoint asks for, and longer still where trials found the same again.
    private const double Hold = 20;
    private const double HoldWherePauses = 60;
    private const double LongestHold = 120;
    private const double ShortHold = 12;

    // Calls that a finding must rest on to be held for as long as that.
    private const int Sure = 40;

    // The growth after a hold: a hundredth a second, doubling every five seconds, up to half. A finding that rests on little begins at a quarter.
    private const double Careful = 0.01;
    private const double Bold = 0.25;
    private const double Boldest = 0.5;
    private const double DoublesEvery = 5;

    private const double Recent = 20;
    private const double AtOnce = 3;

    private double _since;
    private double _holdUntil = double.PositiveInfinity;
    private double _hold = Hold;
    private double _growth = Careful;
    private double? _held;
    private double _foundAt = double.NegativeInfinity;
    private int _foundOf;
    private int _foundAgain;
    private int _foundAtOnce;

    /// <summary>Calls a second; infinite while no limit is known.</summary>
    public double PerSecond { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether a limit is known.</summary>
    public bool IsKnown => !double.IsInfinity(PerSecond);

    /// <summary>Whether a limit was found lately, and calls keep below it.</summary>
    public bool IsHeld(double now) => IsKnown && now <= _holdUntil;

    /// <summary>Grows what has been held for long enough.</summary>
    public void MoveTo(double now)
    {
        var passed = now - _since;
        _since = now;
        if (!IsKnown || passed <= 0 || now <= _holdUntil) return;
        _held ??= PerSecond;
        var over = now - _holdUntil;
        PerSecond *= 1 + (Math.Min(passed, over) * Math.Min(Boldest, _growth * Math.Pow(2, Math.Min(10, over / DoublesEvery))));
    }

    /// <summary>Takes what was let in over the last second for the limit.</summary>
    public void Assume(int lastSecond, double now)
    {
        PerSecond = Math.Max(1, lastSecond);
        (_since, _held) = (now, null);
        Trust(lastSecond, ShortHold, now);
    }

    /// <summary>A little less: one call was sent away, and the next was not.</summary>
    public void Ease(double share, double now)
    {
        PerSecond *= 1 - share;
        (_held, _growth) = (null, Careful);
        _holdUntil = Math.Max(double.IsInfinity(_holdUntil) ? 0 : _holdUntil, now + ShortHold);
    }

    /// <summary>No limit is known after all.</summary>
    public void Forget() => PerSecond = double.PositiveInfinity;

    /// <summary>Calls are sent away: finds what the limit must be.</summary>
    /// <param name="lastSecond">Calls let in over the last second.</param>
    /// <param name="letIn">Calls let in since calls were last sent away, or since the first.</param>
    /// <param name="span">Seconds over which they were.</param>
    /// <param name="sinceResumed">Seconds since calls were let in again after the last pause.</param>
    /// <param name="pausing">Whether the endpoint asks for a pause whenever it sends calls away.</param>
    /// <param name="now">The time.</param>
    public void Find(int lastSecond, int letIn, double span, double sinceResumed, bool pausing, double now)
    {
        var again = now - _foundAt < Recent;
        _foundAgain = again ? _foundAgain + 1 : 0;
        _foundAtOnce = now - _foundAt < AtOnce ? _foundAtOnce + 1 : 0;

        var (found, of) = Limit(lastSecond, letIn, span, sinceResumed, again, now);
        // One trial after another that fails at once: whatever the reason, this is too much.
        if (_foundAtOnce >= 2) found = Math.Min(found, 0.94 * PerSecond);
        found = Math.Min(found, PerSecond);

        var same = IsKnown && found > 0.9 * PerSecond;
        var earlier = _hold;
        Trust(of, pausing ? HoldWherePauses : Hold, now);
        if (of >= Sure && same && pausing)
        {
            _hold = Math.Clamp(earlier * 2, _hold, LongestHold);
            _holdUntil = now + _hold;
        }

        PerSecond = Math.Max(Least, found * JustBelow);
        (_since, _held, _foundAt, _foundOf) = (now, null, now, lastSecond);
    }

    private (double Found, double Of) Limit(int lastSecond, int letIn, double span, double sinceResumed, bool again, double now)
    {
        // What was held for long was good; only more than that was not.
        if (_held is { } held && now > _holdUntil && PerSecond <= 1.3 * held) return (held / JustBelow, double.PositiveInfinity);

        // The quota of a second was used up within one.
        if (sinceResumed <= 1.05)
        {
            var quota = Math.Max(lastSecond, letIn);
            return (lastSecond >= 10 || !IsKnown ? quota : 0.9 * PerSecond, quota);
        }

        // A bucket that refills lets in just what flows into it from one time it is empty to the next; a quota by the second lets less in than it could, for the pause. The truth is between
        // that and the last second.
        if (again && lastSecond >= 0.9 * _foundOf) return (Math.Max(Math.Min(letIn / Math.Max(1, span), lastSecond), (1 - (0.03 * _foundAgain)) * lastSecond), letIn);
        return (lastSecond, letIn);
    }

    private void Trust(double of, double hold, double now)
    {
        var sureness = Math.Min(1, of / Sure);
        _hold = Math.Max(1, hold * sureness * sureness);
        _growth = sureness < 1 ? Bold : Careful;
        _holdUntil = now + _hold;
    }
}
