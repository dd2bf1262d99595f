using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Mirion.Generation.Api.Identity;

namespace Mirion.Generation.Api.Hosting;

/// <summary>
/// Keeps an API that asks nobody who they are on this machine. The server applies endpoint defaults to every address it is about to listen
/// on, wherever the address was configured, and again when configuration changes while it runs.
/// </summary>
internal sealed class LoopbackOnly(IOptions<AuthenticationOptions> authentication) : IConfigureOptions<KestrelServerOptions>
{
    public void Configure(KestrelServerOptions options) => options.ConfigureEndpointDefaults(Check);

    private void Check(ListenOptions listening)
    {
        // Asked for here and not above: the server is made before settings are checked, and one fault would hide the others.
        if (!authentication.Value.IsNone) return;
        var staysHere = listening.IPEndPoint is { } address ? IPAddress.IsLoopback(address.Address) : listening.SocketPath is not null;
        if (!staysHere) throw new ExposedAddressException(listening);
    }
}

/// <summary>The host was told to listen where others can reach it, without asking them who they are.</summary>
internal sealed class ExposedAddressException(ListenOptions listening) : Exception(
    $"{AuthenticationOptions.SectionName}:{nameof(AuthenticationOptions.Mode)} is {AuthenticationOptions.None}, so the API may only listen on this machine, "
    + $"but it was told to listen on {listening}. Use a loopback address, such as --urls http://127.0.0.1:5080.");
