using System.Net.Http.Headers;

namespace Mirion.Generation.Infrastructure.Databricks.Http;

/// <summary>How long a server asks to be left alone.</summary>
internal static class RetryAfter
{
    /// <summary>Beyond this a server's wish is taken for a mistake, such as a date in the wrong year.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>The wait that <c>Retry-After</c> asks for, in seconds or as a date; null where there is none to speak of.</summary>
    public static TimeSpan? Of(HttpResponseHeaders? headers, DateTimeOffset now) => headers?.RetryAfter switch
    {
        { Delta: { } delta } when delta > TimeSpan.Zero => Bounded(delta),
        { Date: { } date } when date > now => Bounded(date - now),
        _ => null,
    };

    private static TimeSpan Bounded(TimeSpan wait) => wait < LongestWait ? wait : LongestWait;
}
