namespace Mirion.Generation.Domain.Common;

/// <summary>Moments as stores keep them.</summary>
public static class StoredTime
{
    /// <summary>The moment in whole microseconds, which is what a later reading of it gives.</summary>
    public static DateTimeOffset ToStored(this DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
}
