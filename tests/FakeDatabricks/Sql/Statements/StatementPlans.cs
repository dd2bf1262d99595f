namespace Mirion.Generation.FakeDatabricks.Sql.Statements;

/// <summary>What a test wants to happen to the next statements that match.</summary>
internal sealed class StatementPlans
{
    private readonly Lock _lock = new();
    private readonly List<Entry<StatementFault>> _faults = [];
    private readonly List<Entry<int>> _slow = [];
    private int _endedLinks;

    /// <summary>How many downloads are still to find their link ended.</summary>
    public int EndedLinks => Volatile.Read(ref _endedLinks);

    public void Fail(StatementFault fault, int times, Func<string, bool> matching)
    {
        lock (_lock) _faults.Add(new(fault, times, matching));
    }

    public void Slow(int polls, int times, Func<string, bool> matching)
    {
        lock (_lock) _slow.Add(new(polls, times, matching));
    }

    public void EndLinks(int times) => Interlocked.Add(ref _endedLinks, times);

    /// <summary>Whether a download finds its link ended, whatever the time.</summary>
    public bool TakeEndedLink()
    {
        if (Interlocked.Decrement(ref _endedLinks) >= 0) return true;
        Interlocked.Increment(ref _endedLinks);
        return false;
    }

    /// <summary>What happens to a statement.</summary>
    public (StatementFault? Fault, int Polls) Next(string statement)
    {
        lock (_lock) return (Take(_faults, statement), Take(_slow, statement));
    }

    private static T? Take<T>(List<Entry<T>> entries, string statement)
    {
        if (entries.Find(entry => entry.Left > 0 && entry.Matching(statement)) is not { } found) return default;
        found.Left--;
        return found.What;
    }

    private sealed class Entry<T>(T what, int left, Func<string, bool> matching)
    {
        public T What { get; } = what;

        public int Left { get; set; } = left;

        public Func<string, bool> Matching { get; } = matching;
    }
}
