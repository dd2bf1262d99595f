using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

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

    /// <summary>
    /// What the settings, as they stand now, choose. Services are made before settings are checked, so one that is no provider is passed over here: the check names it, beside
    /// every other fault.
    /// </summary>
    internal static WorkspaceProvider ChosenBy(IConfiguration configuration) =>
        string.Equals(configuration[$"{SectionName}:{nameof(Provider)}"]?.Trim(), nameof(WorkspaceProvider.Databricks), StringComparison.OrdinalIgnoreCase)
            ? WorkspaceProvider.Databricks
            : WorkspaceProvider.Local;
}

/// <summary>Adapters of which the workspace's provider chooses one.</summary>
internal static class WorkspaceChoice
{
    /// <summary>Adds <typeparamref name="TPort"/>, in the place of a default, as the adapter that is registered for the chosen provider. Chosen when first asked for: hosts go on adding settings after registration.</summary>
    public static IServiceCollection AddByProvider<TPort>(this IServiceCollection services, IConfiguration configuration)
        where TPort : class => services.Replace(ServiceDescriptor.Singleton(provider => provider.GetRequiredKeyedService<TPort>(WorkspaceOptions.ChosenBy(configuration))));
}
