using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Local;

/// <summary>The layout of an embedded workspace on disk. Nothing outside <see cref="Root"/> is ever read.</summary>
/// <param name="root">The folder, absolute or relative to the current one.</param>
internal sealed class WorkspaceFolder(string root)
{
    /// <summary>The folder, absolute.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>The product's own tables.</summary>
    public string DatabaseFile => Path.Combine(Root, "generation.duckdb");

    /// <summary>DuckDB's log of what was committed and is not in the database file yet.</summary>
    public string LogFile => DatabaseFile + ".wal";

    /// <summary>Where the product's database spills what does not fit in memory.</summary>
    public string TemporaryFolder => Path.Combine(Root, ".tmp");

    /// <summary>Where the reading of sources spills.</summary>
    public string TemporarySources => Path.Combine(Root, ".tmp-sources");

    /// <summary>Answers that were paid for and are not stored yet.</summary>
    public string Journal => Path.Combine(Root, ".journal");

    /// <summary>Stands there while the sample is being put in.</summary>
    public string SeedingNote => Path.Combine(Root, ".seeding");

    /// <summary>Files that are tables: <c>catalog/schema/table.{csv,parquet,jsonl}</c>.</summary>
    public string Tables => Path.Combine(Root, "tables");

    /// <summary>Folders that are volumes: <c>catalog/schema/volume</c>.</summary>
    public string Volumes => Path.Combine(Root, "Volumes");

    /// <summary>Makes the folder, with the folders in which tables and volumes are put.</summary>
    public void Create()
    {
        Directory.CreateDirectory(Tables);
        Directory.CreateDirectory(Volumes);
    }

    /// <summary>The folder that holds the files of the table's schema.</summary>
    public string FolderOf(TableName table) => Path.Combine(Tables, table.Catalog, table.Schema);

    /// <summary>The file or folder that <paramref name="path"/> names, by text alone; links are not looked at here.</summary>
    public string PathOf(VolumePath path) => Path.Combine([Volumes, path.Catalog, path.Schema, path.Volume, .. path.Relative.Split('/')]);
}
