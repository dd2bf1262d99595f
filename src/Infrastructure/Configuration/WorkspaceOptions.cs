using FluentValidation;

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
}

internal sealed class WorkspaceOptionsValidator : AbstractValidator<WorkspaceOptions>
{
    public WorkspaceOptionsValidator() => RuleFor(options => options.Provider)
        .NotEqual(WorkspaceProvider.Databricks)
        .WithMessage("names Databricks, which is not available in this version; use Local.");
}
