using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Primitives;
using Mirion.Generation.Api.Problems;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Api.Hosting;

/// <summary>
/// Answers only requests that name this machine. A page on another site can have its name resolved to 127.0.0.1 (DNS rebinding) and so
/// make a browser talk to the API as if it were the page's own; what it cannot change is the name the browser sends.
/// </summary>
internal static class HostNames
{
    private const string Setting = "AllowedHosts";
    private static readonly StringSegment[] ThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Leaves the checking to <see cref="UseHostNames"/>: the framework's own filter answers in HTML.</summary>
    public static IServiceCollection AddHostNames(this IServiceCollection services) =>
        services.PostConfigure<HostFilteringOptions>(options => options.AllowedHosts = ["*"]);

    /// <summary>Refuses requests for any other host than those in <c>AllowedHosts</c>, separated by semicolons.</summary>
    public static WebApplication UseHostNames(this WebApplication app)
    {
        var names = app.Configuration[Setting]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        StringSegment[] allowed = names.Length == 0 ? ThisMachine : [.. names.Select(name => new StringSegment(name))];
        app.Use((context, next) => context.Request.Host is { HasValue: true } host && !HostString.MatchesAny(host.Host, allowed)
            ? Refused(host).ToProblem().ExecuteAsync(context)
            : next(context));
        return app;
    }

    private static Error Refused(HostString host) => new(
        ErrorKind.Invalid, "host_not_allowed", $"'{host.Host}' is not a name of this API. Names it may be called by are listed in the setting {Setting}.");
}
