using System.Net.Http.Headers;

namespace Mirion.Generation.Infrastructure.Http;

/// <summary>What is read of the headers of an answer.</summary>
internal static class ReplyHeaders
{
    /// <summary>
    /// How long a server asks to be left alone (<c>Retry-After</c>, in seconds or as a date); null where it does not, as nothing to wait for says nothing about when to come back. Beyond
    /// <paramref name="longest"/> the wish is taken for a mistake, such as a date in the wrong year.
    /// </summary>
    public static TimeSpan? RetryAfterAt(this HttpResponseHeaders headers, DateTimeOffset now, TimeSpan longest) => headers.RetryAfter switch
    {
        { Delta: { } delta } when delta > TimeSpan.Zero => Bounded(delta, longest),
        { Date: { } date } when date > now => Bounded(date - now, longest),
        _ => null,
    };

    /// <summary>The one thing of a failed call that helps its owner find it, as words of a message; cut, because a header is the server's to write.</summary>
    public static string RequestId(this HttpResponseHeaders headers) =>
        headers.TryGetValues("x-request-id", out var values) && values.FirstOrDefault() is { Length: > 0 and <= 100 } id ? $" (request id {id})" : "";

    private static TimeSpan Bounded(TimeSpan wait, TimeSpan longest) => wait < longest ? wait : longest;
}
