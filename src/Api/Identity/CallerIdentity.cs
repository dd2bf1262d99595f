using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Mirion.Generation.Api.Hosting;
using Mirion.Generation.Api.Problems;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Api.Identity;

/// <summary>Registers who is asking.</summary>
internal static class CallerIdentity
{
    /// <summary>Adds <see cref="ICurrentUser"/> by <c>Authentication:Mode</c>, and what the mode demands of the server.</summary>
    public static IServiceCollection AddCallerIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuthenticationOptions>().Bind(configuration.GetSection(AuthenticationOptions.SectionName)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuthenticationOptions>, AuthenticationOptionsValidator>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, LoopbackOnly>();
        services.AddHttpContextAccessor();
        // Chosen when first asked for: settings may still be added after registration.
        return services.AddSingleton<ICurrentUser>(provider => IsForwarded(provider) ? ActivatorUtilities.CreateInstance<ForwardedUser>(provider) : new LocalUser());
    }

    /// <summary>Refuses whoever is not said to be anybody, where the mode has that said. The probes stay open.</summary>
    public static WebApplication UseCallerIdentity(this WebApplication app)
    {
        app.Use((context, next) => IsForwarded(app.Services) && ForwardedUser.NameIn(context.Request.Headers) is null && !context.Request.Path.StartsWithSegments(HostServices.Health)
            ? RefuseAsync(context)
            : next(context));
        return app;
    }

    private static bool IsForwarded(IServiceProvider services) => services.GetRequiredService<IOptions<AuthenticationOptions>>().Value.IsDatabricksApps;

    private static Task RefuseAsync(HttpContext context)
    {
        // What a caller without a browser signs in with, at the proxy.
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return TypedResults.Problem(
            "The proxy of Databricks Apps did not say who is asking. Call the API by the address of the app.",
            statusCode: StatusCodes.Status401Unauthorized,
            extensions: ResultProblems.Members("unauthenticated")).ExecuteAsync(context);
    }
}
