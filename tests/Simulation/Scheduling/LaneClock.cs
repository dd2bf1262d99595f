using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Simulation.Tests.Scheduling;

/// <summary>The clocks of one simulated process: a wall clock that may be wrong and may jump, a stopwatch that never does, and timers that go by the stopwatch.</summary>
internal sealed class LaneClock(Scheduler scheduler, Lane lane) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Times.Start.AddTicks(scheduler.Now) + lane.ClockError;

    public override long GetTimestamp() => scheduler.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(scheduler, lane, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(Scheduler scheduler, Lane lane, TimerCallback callback, object? state) : ITimer
    {
        private long _setting;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            var setting = ++_setting;
            if (dueTime != Timeout.InfiniteTimeSpan) scheduler.AddAt(scheduler.Now + dueTime.Ticks, new Work(lane, Context: null, _ => Ring(setting), null));
            return true;
        }

        public void Dispose() => _setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Ring(long setting)
        {
            if (setting != _setting) return;
            if (_period > TimeSpan.Zero) Change(_period, _period);
            callback(state);
        }
    }
}
