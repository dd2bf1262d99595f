using Microsoft.AspNetCore.Http;

namespace Mirion.Generation.FakeDatabricks.Auth;

/// <summary>Who makes a request.</summary>
internal sealed record Caller(string Identity)
{
    /// <summary>Whoever holds the personal access token.</summary>
    public const string Owner = "owner";

    /// <summary>Whoever knows the client's secret.</summary>
    public const string ServicePrincipal = "service-principal";

    /// <summary>The identity behind a request's token; null when it has none.</summary>
    public static string? Of(HttpContext context) => context.Features.Get<Caller>()?.Identity;
}
