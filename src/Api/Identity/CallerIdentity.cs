using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Mirion.Generation.Api.Hosting;
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
        return services.AddSingleton<ICurrentUser, LocalUser>();
    }
}
