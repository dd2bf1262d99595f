using System.Globalization;

namespace Mirion.Generation.FakeDatabricks.Faults;

/// <summary>Something that goes wrong with a request.</summary>
public sealed record Fault
{
    /// <summary>The status that is answered; 0 when the fault is not an answer.</summary>
    public int Status { get; private init; }

    /// <summary>The body that is answered.</summary>
    public string Body { get; private init; } = "";

    /// <summary>What the body is.</summary>
    public string ContentType { get; private init; } = "application/json";

    /// <summary>The <c>Retry-After</c> header: seconds or an HTTP date; null for none.</summary>
    public string? RetryAfter { get; private init; }

    /// <summary>Whether the connection is reset instead of an answer.</summary>
    public bool IsReset { get; private init; }

    /// <summary>What is waited for first.</summary>
    public Func<CancellationToken, Task> Wait { get; private init; } = _ => Task.CompletedTask;

    /// <summary>Whether the request is worked on first, and only its answer lost.</summary>
    public bool IsAfterTheWork { get; private init; }

    /// <summary>An answer with an error code, as the APIs give it.</summary>
    public static Fault Error(int status, string code, string message = "A fault was asked for.") => Json(status, $$"""{"error_code":"{{code}}","message":"{{message}}"}""");

    /// <summary>An answer whose error code is a number, as what stands before the APIs gives it.</summary>
    public static Fault NumericError(int status, string message = "A fault was asked for.") => Json(status, $$"""{"error_code":{{status}},"message":"{{message}}"}""");

    /// <summary>An answer of your own in JSON.</summary>
    public static Fault Json(int status, string body) => Answer(status, body, "application/json");

    /// <summary>A page, as load balancers answer.</summary>
    public static Fault Html(int status) => Answer(status, $"<html><body><pre>Error {status}</pre></body></html>", "text/html");

    /// <summary>An answer with nothing in it.</summary>
    public static Fault Empty(int status) => Answer(status, "", "");

    /// <summary>An answer of your own.</summary>
    public static Fault Answer(int status, string body, string contentType) => new() { Status = status, Body = body, ContentType = contentType };

    /// <summary>A connection that is reset.</summary>
    public static Fault Reset() => new() { IsReset = true };

    /// <summary>A good answer that comes late, in real time.</summary>
    public static Fault Slow(TimeSpan delay) => new() { Wait = cancellationToken => Task.Delay(delay, TimeProvider.System, cancellationToken) };

    /// <summary>A good answer that comes when <paramref name="gate"/> completes.</summary>
    public static Fault Until(Task gate) => new() { Wait = gate.WaitAsync };

    /// <summary>The same, with a <c>Retry-After</c> of seconds.</summary>
    public Fault WithRetryAfter(int seconds) => this with { RetryAfter = seconds.ToString(CultureInfo.InvariantCulture) };

    /// <summary>The same, with a <c>Retry-After</c> that is a date.</summary>
    public Fault WithRetryAfter(DateTimeOffset at) => this with { RetryAfter = at.ToString("R", CultureInfo.InvariantCulture) };

    /// <summary>The same after the work: what was asked for is done, and then the answer is lost or replaced.</summary>
    /// <exception cref="InvalidOperationException">The fault neither answers nor resets, so there is nothing to come after the work.</exception>
    public Fault AfterTheWork() => Status > 0 || IsReset
        ? this with { IsAfterTheWork = true }
        : throw new InvalidOperationException("Only an answer or a reset can come after the work.");

    /// <summary>The same, late.</summary>
    internal Fault WithDelay(TimeSpan delay) => this with { Wait = Slow(delay).Wait };

    internal Fault WithRetryAfter(string? value) => this with { RetryAfter = value };
}
