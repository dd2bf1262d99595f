using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Sources;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>Finds the files that are tables.</summary>
internal sealed class TableFiles(WorkspaceFolder folder)
{
    private static readonly string[] Extensions = [CsvFormat.Extension, ParquetFormat.Extension, JsonLinesFormat.Extension];

    /// <summary>Whether the table that <paramref name="file"/> would be is there already, as a file of any kind.</summary>
    public static bool IsThere(FileInfo file) => FilesOf(file.Directory!).Any(there => TableOf(there) == TableOf(file));

    /// <summary>The one file that is the table.</summary>
    public Result<TableFile> Find(TableSource source)
    {
        var directory = new DirectoryInfo(folder.FolderOf(source.Table));
        var files = directory.Exists ? FilesOf(directory).Where(file => TableOf(file) == source.Table.Table).ToList() : [];
        return files switch
        {
            [] => SheetErrors.SourceNotFound(source, Hint(source.Table)),
            [var file] => Open(source, file),
            _ => SheetErrors.SourceUnreadable(
                source, $"several files are that table: {string.Join(", ", files.Select(NameOf).Order(StringComparer.Ordinal))}. Keep one of them."),
        };
    }

    private Result<TableFile> Open(TableSource source, FileInfo file)
    {
        if (RealPath.Of(file.FullName) is not { } real) return SheetErrors.SourceUnreadable(source, $"{NameOf(file)} is a link that leads nowhere.");
        if (RealPath.Of(folder.Tables) is not { } tables || !RealPath.IsWithin(real, tables))
        {
            return SheetErrors.SourceUnreadable(source, $"{NameOf(file)} is a link that leads out of the workspace's tables. Put the file itself there.");
        }

        var target = new FileInfo(real);
        // Every format needs some bytes to be a table; and what is no regular file (a pipe, a device) has none.
        return target.Exists && target.Length > 0
            ? new TableFile(source, file.FullName, NameOf(file), target.Length, target.LastWriteTimeUtc)
            : SheetErrors.SourceUnreadable(source, $"{NameOf(file)} is empty.");
    }

    private string Hint(TableName table)
    {
        var near = Nearest.Of(table.ToString(), AllNames(), 3);
        return near.Count > 0
            ? $"Tables of a like name: {string.Join(", ", near)}."
            : $"Put {table.Table}.csv, .parquet or .jsonl into {folder.FolderOf(table)}.";
    }

    private IEnumerable<string> AllNames() => Directory.Exists(folder.Tables)
        ? from catalog in new DirectoryInfo(folder.Tables).EnumerateDirectories()
          from schema in catalog.EnumerateDirectories()
          from file in FilesOf(schema)
          select $"{catalog.Name}.{schema.Name}.{TableOf(file)}"
        : [];

    private static IEnumerable<FileInfo> FilesOf(DirectoryInfo schema) =>
        schema.EnumerateFiles().Where(file => Extensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase));

    private static string TableOf(FileInfo file) => Path.GetFileNameWithoutExtension(file.Name);

    private string NameOf(FileInfo file) => Path.GetRelativePath(folder.Root, file.FullName);
}
