using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mirion.Generation.Infrastructure.Configuration;

/// <summary>What sort of workspace there is.</summary>
public enum WorkspaceProvider
{
    /// <summary>A folder on this machine.</summary>
    Local,

    /// <summary>A Databricks workspace.</summary>
    Databricks,
}

/// <summary>The workspace: where data is, and the product's own tables.</summary>
public sealed class WorkspaceOptions
{
    /// <summary>Where these options stand in configuration.</summary>
    public const string SectionName = "Workspace";

    /// <summary>What sort of workspace it is.</summary>
    public WorkspaceProvider Provider { get; set; } = WorkspaceProvider.Local;

    /// <summary>Whether the settings, as they stand now, name <paramref name="provider"/>.</summary>
    internal static bool Names(IConfiguration configuration, WorkspaceProvider provider) =>
        string.Equals(configuration[$"{SectionName}:{nameof(Provider)}"]?.Trim(), provider.ToString(), StringComparison.OrdinalIgnoreCase);
}

/// <summary>Adapters of which the workspace's provider chooses one.</summary>
internal static class WorkspaceChoice
{
    /// <summary>Adds <typeparamref name="TPort"/> as the adapter that is registered for the chosen provider. Chosen when first asked for: hosts go on adding settings after registration.</summary>
    public static IServiceCollection AddByProvider<TPort>(this IServiceCollection services)
        where TPort : class => services.AddSingleton(provider =>
            provider.GetRequiredKeyedService<TPort>(provider.GetRequiredService<IOptions<WorkspaceOptions>>().Value.Provider));
}
