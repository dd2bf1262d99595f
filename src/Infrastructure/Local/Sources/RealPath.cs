namespace Mirion.Generation.Infrastructure.Local.Sources;

/// <summary>Where a path leads once every link on the way is followed.</summary>
internal static class RealPath
{
    // As many as Linux follows before it answers ELOOP.
    private const int MostLinks = 40;

    /// <summary>The path without a link in it, or null when it leads nowhere, or round in circles.</summary>
    public static string? Of(string path)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!;
        var ahead = new Stack<string>();
        Push(ahead, full[real.Length..]);
        var links = 0;
        while (ahead.TryPop(out var segment))
        {
            if (segment == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }

            var next = Path.Combine(real, segment);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks) return null;
            var root = Path.GetPathRoot(target) ?? string.Empty;
            if (root.Length > 0) real = root;
            Push(ahead, target[root.Length..]);
        }

        return Path.Exists(real) ? real : null;
    }

    /// <summary>Whether <paramref name="path"/> is <paramref name="folder"/> or lies below it; both without links.</summary>
    public static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void Push(Stack<string> ahead, string relative)
    {
        foreach (var segment in relative.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Reverse())
        {
            if (segment is not ("" or ".")) ahead.Push(segment);
        }
    }
}
