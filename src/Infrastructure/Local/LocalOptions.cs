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

    /// <summary>
    /// How much memory DuckDB may take, in megabytes: so much for the product's tables, and so much for reading sources. What does not fit is put into the workspace folder for the time being; a source that
    /// cannot be read in so little, such as Parquet in very large row groups, says so.
    /// </summary>
    public int MemoryMegabytes { get; set; } = 256;
}
