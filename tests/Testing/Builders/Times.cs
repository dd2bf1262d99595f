namespace Mirion.Generation.Testing.Builders;

/// <summary>The moments that test data bears.</summary>
public static class Times
{
    /// <summary>When what tests build was made; stores keep microseconds.</summary>
    public static DateTimeOffset Start { get; } = new DateTimeOffset(2026, 3, 1, 8, 30, 15, TimeSpan.Zero).AddMicroseconds(123_456);
}
