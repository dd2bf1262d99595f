namespace Mirion.Generation.Simulation.Tests.Scheduling;

/// <summary>A stream of chance that a seed decides on whole (SplitMix64): the same on every machine and version of .NET.</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Any 64 bits.</summary>
    public ulong Bits()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to below <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)(((Bits() >> 32) * (ulong)bound) >> 32);

    /// <summary>From 0 to below 1.</summary>
    public double Fraction() => (Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Whether what happens in <paramref name="share"/> of all cases happens in this one.</summary>
    public bool Falls(double share) => share > 0 && Fraction() < share;

    /// <summary>A stream of its own, so that what is drawn from one does not shift what is drawn from the other.</summary>
    public Chance Fork() => new(Bits());
}
