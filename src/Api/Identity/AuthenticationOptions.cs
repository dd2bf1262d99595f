using Microsoft.Extensions.Options;

namespace Mirion.Generation.Api.Identity;

/// <summary>How the API knows who is asking.</summary>
public sealed class AuthenticationOptions
{
    /// <summary>Where these options stand in configuration.</summary>
    public const string SectionName = "Authentication";

    /// <summary>Nobody is asked; the API only listens on this machine.</summary>
    public const string None = "None";

    /// <summary>The proxy of Databricks Apps says who is asking; see <see cref="ForwardedUser"/>.</summary>
    public const string DatabricksApps = "DatabricksApps";

    /// <summary>The mode.</summary>
    public string Mode { get; set; } = None;

    /// <summary>Whether the proxy of Databricks Apps says who is asking.</summary>
    internal bool IsDatabricksApps => string.Equals(Mode?.Trim(), DatabricksApps, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether nobody is asked. An empty environment variable is how a container file says "not set".</summary>
    internal bool IsNone => string.IsNullOrWhiteSpace(Mode) || string.Equals(Mode, None, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Refuses to start in a mode that would not keep its promise.</summary>
internal sealed class AuthenticationOptionsValidator : IValidateOptions<AuthenticationOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthenticationOptions options) => options.IsNone || options.IsDatabricksApps
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            $"{AuthenticationOptions.SectionName}:{nameof(options.Mode)} is '{options.Mode}', which this version does not have; the modes are {AuthenticationOptions.None} and {AuthenticationOptions.DatabricksApps}.");
}
