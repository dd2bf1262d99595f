using System.Text.RegularExpressions;

namespace Mirion.Generation.FakeDatabricks.Faults;

/// <summary>What is to go wrong with the requests to come.</summary>
public sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];

    /// <summary>How many requests are still to go wrong.</summary>
    public int Pending
    {
        get
        {
            lock (_lock) return _entries.Sum(entry => entry.Left);
        }
    }

    /// <summary>Lets the next requests go wrong.</summary>
    /// <param name="method">The method; <c>*</c> for any.</param>
    /// <param name="path">The path, in which <c>*</c> stands for anything, such as <c>/api/2.0/sql/statements*</c>. The query is no part of it.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="times">With how many requests.</param>
    /// <param name="bodyContains">A text that the body must have, such as <c>MERGE INTO</c>; null for any body.</param>
    public FaultPlan Next(string method, string path, Fault fault, int times = 1, string? bodyContains = null)
    {
        var pattern = new Regex($"^{Regex.Escape(path).Replace(@"\*", ".*", StringComparison.Ordinal)}$", RegexOptions.Singleline);
        return Next((asked, at) => method is "*" || asked == method ? pattern.IsMatch(at) : false, fault, times, bodyContains);
    }

    /// <summary>Lets the next requests go wrong whose method and path satisfy <paramref name="matches"/>.</summary>
    public FaultPlan Next(Func<string, string, bool> matches, Fault fault, int times = 1, string? bodyContains = null)
    {
        lock (_lock) _entries.Add(new Entry(matches, fault, bodyContains, times));
        return this;
    }

    /// <summary>Lets nothing go wrong any more.</summary>
    public void Clear()
    {
        lock (_lock) _entries.Clear();
    }

    /// <summary>Whether the body of a request is needed to tell.</summary>
    internal bool AsksForBody(string method, string path)
    {
        lock (_lock) return _entries.Exists(entry => entry.BodyContains is not null && entry.Left > 0 && entry.Matches(method, path));
    }

    /// <summary>What goes wrong with a request; null when nothing does. A fault is used up by it.</summary>
    internal Fault? Take(string method, string path, string body)
    {
        lock (_lock)
        {
            var entry = _entries.Find(entry => entry.Left > 0 && entry.Matches(method, path)
                && (entry.BodyContains is null || body.Contains(entry.BodyContains, StringComparison.Ordinal)));
            if (entry is null) return null;
            if (--entry.Left == 0) _entries.Remove(entry);
            return entry.Fault;
        }
    }

    private sealed class Entry(Func<string, string, bool> matches, Fault fault, string? bodyContains, int times)
    {
        public Func<string, string, bool> Matches => matches;

        public Fault Fault => fault;

        public string? BodyContains => bodyContains;

        public int Left { get; set; } = times;
    }
}
