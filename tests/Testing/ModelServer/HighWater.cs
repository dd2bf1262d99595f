namespace Mirion.Generation.Testing.ModelServer;

/// <summary>The highest value a counter has had, raised without a lock.</summary>
internal static class HighWater
{
    public static void Raise(ref int mark, int value)
    {
        var seen = Volatile.Read(ref mark);
        while (value > seen)
        {
            var before = Interlocked.CompareExchange(ref mark, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
