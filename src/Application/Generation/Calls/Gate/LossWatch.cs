namespace Mirion.Generation.Application.Generation.Calls.Gate;

/// <summary>
/// How often single calls are sent away while others get in. A few of them are the price of being near a limit. Many of them, however slowly calls go out, are no limit at all but chance, and
/// slowing down further would end in standing still.
/// </summary>
internal sealed class LossWatch
{
    // One call in so many may be sent away without anything being done about it.
    private const double UsuallyTolerated = 150;
    private const double AtFirst = 200;
    private const double MostCounted = 400;
    private const double ToleratedFor = 60;

    // Pauses asked for one after another, at a pace that the one before had found, which no limit would.
    private const int PausesInVain = 3;

    // A bucket asks for moments, many in a row, before its pace is found.
    private const double LeastPause = 0.5;

    private int _pausesInVain;
    private double _pausesByChanceUntil;
    private double _tolerated = UsuallyTolerated;
    private double _toleratedUntil;
    private double? _from;
    private (int Losses, int Calls) _before;
    private (int Losses, int Calls) _after;

    /// <summary>Calls there are to one that is sent away, on the mean of the last few.</summary>
    public double CallsPerLoss { get; private set; } = AtFirst;

    /// <summary>Whether calls are sent away by chance.</summary>
    public bool IsChance => _tolerated < UsuallyTolerated;

    /// <summary>Whether so few are that nothing need be done.</summary>
    public bool IsTolerable => CallsPerLoss >= _tolerated;

    /// <summary>Whether so many are that there must be a limit.</summary>
    public bool IsHeavy => CallsPerLoss < Math.Min(40, _tolerated);

    /// <summary>The share by which to slow down, so that none were sent away.</summary>
    public double Excess => Math.Clamp(1 / CallsPerLoss, 0.005, 0.25);

    /// <summary>One was sent away, <paramref name="calls"/> after the last.</summary>
    public void Add(int calls, double now)
    {
        if (now > _toleratedUntil) _tolerated = UsuallyTolerated;
        CallsPerLoss += (Math.Min(calls, MostCounted) - CallsPerLoss) / 2;
    }

    /// <summary>The endpoint asked for a pause; true when it does so by chance, and slowing down would not help.</summary>
    /// <param name="seconds">How long a pause.</param>
    /// <param name="held">Whether calls kept to what was found at the last one.</param>
    /// <param name="now">The time.</param>
    public bool AskedToPause(double seconds, bool held, double now)
    {
        if (now < _pausesByChanceUntil) return true;
        if (seconds >= LeastPause) _pausesInVain = held ? _pausesInVain + 1 : 0;
        if (_pausesInVain < PausesInVain) return false;
        (_pausesInVain, _pausesByChanceUntil) = (0, now + ToleratedFor);
        return true;
    }

    /// <summary>
    /// One was sent away at a pace of <paramref name="perSecond"/>, which is to be slowed down; true when slowing down has not helped so far, and is given up.
    /// </summary>
    public bool IsInVain(double perSecond, int calls, double now)
    {
        if (_from is not { } from || perSecond > from) (_from, _before, _after) = (from = perSecond, default, default);
        if (perSecond > 0.7 * from) _before = (_before.Losses + 1, _before.Calls + calls);
        else _after = (_after.Losses + 1, _after.Calls + calls);
        if (perSecond >= 0.5 * from) return false;

        _from = null;
        if (_before.Losses <= 2 || _after.Losses <= 2 || (double)_after.Calls / _after.Losses >= 1.3 * _before.Calls / _before.Losses) return false;
        (_tolerated, _toleratedUntil) = (CallsPerLoss / 2, now + ToleratedFor);
        return true;
    }
}
