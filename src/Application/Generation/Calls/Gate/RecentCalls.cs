namespace Mirion.Generation.Application.Generation.Calls.Gate;

/// <summary>
/// How many calls were let in over the last second, to a hundredth of one. Endpoints count by the second more often than by anything else, so that this is what
/// a limit is first taken to be about.
/// </summary>
internal sealed class RecentCalls
{
    private const int Slots = 128;
    private const int SlotsPerSecond = 100;

    private readonly int[] _counts = new int[Slots];
    private long _newest;

    /// <summary>Calls let in during the second before the last moment that was told.</summary>
    public int Count { get; private set; }

    /// <summary>Lets what is older than a second go.</summary>
    public void MoveTo(double now)
    {
        var slot = SlotOf(now);
        if (slot - _newest >= Slots)
        {
            Array.Clear(_counts);
            (Count, _newest) = (0, slot);
            return;
        }

        while (_newest < slot)
        {
            _newest++;
            // The slot that is a second old leaves the count, and the one that is reused begins anew.
            var leaving = _newest - SlotsPerSecond;
            if (leaving >= 0) Count -= _counts[leaving % Slots];
            _counts[_newest % Slots] = 0;
        }
    }

    /// <summary>A call is let in.</summary>
    public void Add(double now)
    {
        MoveTo(now);
        _counts[_newest % Slots]++;
        Count++;
    }

    /// <summary>A call that was let in at <paramref name="sent"/> was sent away, and does not count.</summary>
    public void Remove(double sent)
    {
        var slot = SlotOf(sent);
        if (slot <= _newest - SlotsPerSecond || _counts[slot % Slots] == 0) return;
        _counts[slot % Slots]--;
        Count--;
    }

    /// <summary>From when on at most <paramref name="calls"/> of them are less than a second old.</summary>
    public double WhenAtMost(int calls)
    {
        var (left, slot) = (Count, Math.Max(0, _newest - SlotsPerSecond + 1));
        while (left > calls && slot <= _newest) left -= _counts[slot++ % Slots];
        return (slot + SlotsPerSecond) / (double)SlotsPerSecond;
    }

    private static long SlotOf(double time) => (long)(time * SlotsPerSecond);
}
