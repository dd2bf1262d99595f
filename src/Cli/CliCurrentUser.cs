using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Cli;

/// <summary>Whoever is logged on to this machine.</summary>
internal sealed class CliCurrentUser : ICurrentUser
{
    // A container may run under a number that no name belongs to.
    public string Name { get; } = string.IsNullOrWhiteSpace(Environment.UserName) ? "local" : Environment.UserName;

    // What a command line may do, it may do by its settings.
    public string? AccessToken => null;
}
