namespace Mirion.Generation.Api.IntegrationTests.Journeys.BothWorkspaces;

/// <summary>A clock on which time passes faster, so that waiting takes less of it.</summary>
internal sealed class FastClock(double factor) : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _startTimestamp = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _start + ((System.GetUtcNow() - _start) * factor);

    public override long GetTimestamp() => _startTimestamp + (long)((System.GetTimestamp() - _startTimestamp) * factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Shorter(dueTime), Shorter(period));

    private TimeSpan Shorter(TimeSpan span) => span == Timeout.InfiniteTimeSpan ? span : span / factor;
}
