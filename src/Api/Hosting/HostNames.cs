using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Mirion.Generation.Api.Identity;
using Mirion.Generation.Api.Problems;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Api.Hosting;

/// <summary>
/// Answers only requests that name this machine. A page on another site can have its name resolved to 127.0.0.1 (DNS rebinding) and so
/// make a browser talk to the API as if it were the page's own; what it cannot change is the name the browser sends.
/// <para>
/// Behind the proxy of Databricks Apps that cannot happen: the proxy knows the app by its name, and lets nobody in who has not signed in to it under that name. By which name it
/// calls the app in turn is not documented, so there every name passes unless <c>AllowedHosts</c> is set; and then the name that counts is the one the caller used, which the
/// proxy forwards (https://docs.databricks.com/aws/en/dev-tools/databricks-apps/http-headers).
/// </para>
/// </summary>
internal static class HostNames
{
    private const string Setting = "AllowedHosts";
    private const string ForwardedHost = "X-Forwarded-Host";
    private static readonly StringSegment[] ThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Leaves the checking to <see cref="UseHostNames"/>: the framework's own filter answers in HTML.</summary>
    public static IServiceCollection AddHostNames(this IServiceCollection services) =>
        services.PostConfigure<HostFilteringOptions>(options => options.AllowedHosts = ["*"]);

    /// <summary>Refuses requests for any other host than those in <c>AllowedHosts</c>, separated by semicolons.</summary>
    public static WebApplication UseHostNames(this WebApplication app)
    {
        var names = app.Configuration[Setting]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        StringSegment[] allowed = names.Length == 0 ? ThisMachine : [.. names.Select(name => new StringSegment(name))];
        var authentication = app.Services.GetRequiredService<IOptions<AuthenticationOptions>>();
        // The mode is asked for at a request and not above: wrong settings are to be told together, when the host starts.
        app.Use((context, next) =>
        {
            var isApp = authentication.Value.IsDatabricksApps;
            var called = isApp ? Forwarded(context.Request) : context.Request.Host;
            var passes = !called.HasValue || (isApp && names.Length == 0) || HostString.MatchesAny(called.Host, allowed);
            return passes ? next(context) : Refused(called).ToProblem().ExecuteAsync(context);
        });
        return app;
    }

    private static HostString Forwarded(HttpRequest request) => request.Headers[ForwardedHost] is [{ Length: > 0 } forwarded] ? new HostString(forwarded) : request.Host;

    private static Error Refused(HostString host) => new(
        ErrorKind.Invalid, "host_not_allowed", $"'{host.Host}' is not a name of this API. Names it may be called by are listed in the setting {Setting}.");
}
