using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Cli;

/// <summary>Whoever is logged on to this machine.</summary>
internal sealed class CliCurrentUser : ICurrentUser
{
    public string Name => Environment.UserName;
}
