using System.Globalization;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>Moments on their way to a warehouse and back, exact to the microsecond and free of any session's time zone.</summary>
internal static class WarehouseTime
{
    /// <summary>The moment as text that says its zone.</summary>
    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The moment of what <c>unix_micros</c> gives.</summary>
    public static DateTimeOffset Read(string micros) =>
        DateTimeOffset.UnixEpoch.AddTicks(checked(long.Parse(micros, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond));
}
