using System.Text.Json;

namespace Mirion.Generation.FakeDatabricks.Files;

/// <summary>An entry of a directory. Only files have a size and a time (milliseconds since 1970).</summary>
internal sealed record DirectoryEntry(string Name, string Path, bool IsDirectory, long? FileSize, long? LastModified);

/// <summary>A page of a directory; there is more as long as there is a token, whatever the page holds.</summary>
internal sealed record DirectoryPage(IReadOnlyList<DirectoryEntry> Contents, string? NextPageToken)
{
    public static DirectoryPage Of(DirectoryInfo directory, VolumePath path, DirectoryCursor cursor, int size)
    {
        // A workspace gives an empty page with a token now and then, on which a careless client stops; here the second always is one.
        if (cursor.EmptyFirst) return new DirectoryPage([], new DirectoryCursor(cursor.After, EmptyFirst: false).ToString());
        var rest = directory.EnumerateFileSystemInfos()
            .Where(entry => cursor.After is null || string.CompareOrdinal(entry.Name, cursor.After) > 0)
            .OrderBy(entry => entry.Name, StringComparer.Ordinal).Take(size + 1).ToList();
        var page = rest.Take(size).ToList();
        var next = rest.Count > size ? new DirectoryCursor(page[^1].Name, EmptyFirst: cursor.After is null) : null;
        return new DirectoryPage([.. page.Select(entry => Entry(entry, path))], next?.ToString());
    }

    private static DirectoryEntry Entry(FileSystemInfo entry, VolumePath directory)
    {
        var path = directory.Child(entry.Name).ToString();
        return entry is FileInfo file
            ? new DirectoryEntry(entry.Name, path, IsDirectory: false, file.Length, new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeMilliseconds())
            : new DirectoryEntry(entry.Name, path, IsDirectory: true, FileSize: null, LastModified: null);
    }
}

/// <summary>Where the next page starts.</summary>
internal sealed record DirectoryCursor(string? After, bool EmptyFirst)
{
    public override string ToString() => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(this));

    public static bool TryRead(string? token, out DirectoryCursor cursor)
    {
        cursor = new DirectoryCursor(After: null, EmptyFirst: false);
        if (string.IsNullOrEmpty(token)) return true;
        try
        {
            cursor = JsonSerializer.Deserialize<DirectoryCursor>(Convert.FromBase64String(token))!;
            return cursor is not null;
        }
        catch (Exception garbled) when (garbled is FormatException or JsonException)
        {
            return false;
        }
    }
}
