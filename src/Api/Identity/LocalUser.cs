using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Api.Identity;

/// <summary>Whoever runs the host, for an API that asks nobody who they are.</summary>
internal sealed class LocalUser : ICurrentUser
{
    /// <inheritdoc />
    public string Name { get; } = string.IsNullOrWhiteSpace(Environment.UserName) ? "local" : Environment.UserName;

    /// <inheritdoc />
    public string? AccessToken => null;
}
