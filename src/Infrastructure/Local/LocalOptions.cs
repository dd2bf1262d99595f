namespace Mirion.Generation.Infrastructure.Local;

/// <summary>The embedded workspace.</summary>
public sealed class LocalOptions
{
    /// <summary>Where these options stand in configuration.</summary>
    public const string SectionName = "Workspace:Local";

    /// <summary>The workspace folder, made on first use; relative to the folder the process was started in.</summary>
    public string Path { get; set; } = ".workspace";

    /// <summary>Whether a new workspace gets the sample.</summary>
    public bool SeedSample { get; set; } = true;
}
