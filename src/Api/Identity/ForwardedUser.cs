using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Api.Identity;

/// <summary>
/// Whoever the proxy of Databricks Apps says is asking. Only it can be believed: an API in this mode must not be reachable past the proxy, since anybody can
/// send these headers (https://docs.databricks.com/aws/en/dev-tools/databricks-apps/http-headers).
/// </summary>
internal sealed class ForwardedUser(IHttpContextAccessor context) : ICurrentUser
{
    private const string Token = "X-Forwarded-Access-Token";

    // The name that people know first.
    private static readonly string[] Names = ["X-Forwarded-Email", "X-Forwarded-Preferred-Username", "X-Forwarded-User"];

    /// <inheritdoc />
    public string Name => Headers is { } headers && NameIn(headers) is { } name ? name : throw new InvalidOperationException("Nobody is asking: this is no request, or one that should have been refused.");

    /// <inheritdoc />
    public string? AccessToken => Headers is { } headers ? Single(headers, Token) : null;

    private IHeaderDictionary? Headers => context.HttpContext?.Request.Headers;

    /// <summary>Who is said to be asking; null when nobody is.</summary>
    public static string? NameIn(IHeaderDictionary headers) => Names.Select(name => Single(headers, name)).FirstOrDefault(name => name is not null);

    // The proxy sends each once; of two values, which HTTP also lets stand in one line with a comma between, one would be the caller's own.
    private static string? Single(IHeaderDictionary headers, string name) =>
        headers[name] is [{ } value] && !string.IsNullOrWhiteSpace(value) && !value.Contains(',', StringComparison.Ordinal) ? value.Trim() : null;
}
