using System.Globalization;

namespace Mirion.Generation.Simulation.Tests.Scheduling;

/// <summary>
/// Everything that happened in a run, boiled down to one number: two runs of one seed that differ anywhere differ in it. Where it is asked for the history is also kept in words.
/// </summary>
internal sealed class History(bool inWords)
{
    private readonly List<string> _lines = [];
    private ulong _hash = 14695981039346656037;

    /// <summary>The number.</summary>
    public ulong Hash => _hash;

    /// <summary>The words; none unless they were asked for.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>A step of the scheduler.</summary>
    public void Step(long now, int drawn)
    {
        Mix((ulong)now);
        Mix((ulong)drawn);
    }

    /// <summary>Something that happened at a port, or in the world.</summary>
    public void Note(long now, string who, string what, long detail = 0)
    {
        Mix((ulong)now);
        foreach (var letter in what) Mix(letter);
        Mix((ulong)detail);
        if (inWords) _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{now / (double)TimeSpan.TicksPerSecond,10:F3} {who}: {what} {detail}"));
    }

    private void Mix(ulong value) => _hash = (_hash ^ value) * 1099511628211;
}
