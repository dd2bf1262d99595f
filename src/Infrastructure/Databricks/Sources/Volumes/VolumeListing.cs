using System.Collections.Concurrent;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Databricks.Files;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Volumes;

/// <summary>A file in a sheet's directory.</summary>
/// <param name="Ref">Its path relative to the directory.</param>
/// <param name="SizeBytes">Its size when it was listed.</param>
internal sealed record ListedFile(ItemRef Ref, long SizeBytes);

/// <summary>Lists what lies below a directory. Names that begin with a period are skipped, and what lies below them.</summary>
internal sealed class VolumeListing(IFilesApi files)
{
    // Directories are listed one request a page; a few at a time keep a deep tree from taking minutes, and the API from refusing.
    private const int ListingsAtOnce = 8;

    /// <summary>Asks for the first page only, which tells whether the directory is there.</summary>
    /// <exception cref="DatabricksException">It is not there, may not be seen, or the workspace does not answer.</exception>
    public Task ProbeAsync(VolumePath directory, CancellationToken cancellationToken) =>
        files.ListDirectoryAsync(FilesPath.Of(directory), null, onBehalfOfUser: true, cancellationToken);

    /// <summary>Every file, in no order.</summary>
    /// <exception cref="DatabricksException">The directory is not there, may not be seen, or the workspace does not answer.</exception>
    public async Task<IReadOnlyCollection<ListedFile>> ListAsync(VolumePath directory, CancellationToken cancellationToken)
    {
        var found = new ConcurrentBag<ListedFile>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = ListingsAtOnce, CancellationToken = cancellationToken };
        ConcurrentBag<string> level = [string.Empty];
        while (!level.IsEmpty)
        {
            var below = new ConcurrentBag<string>();
            await Parallel.ForEachAsync(level, options, async (prefix, token) => await ListAsync(directory, prefix, found, below, token));
            level = below;
        }

        return found;
    }

    private async Task ListAsync(VolumePath directory, string prefix, ConcurrentBag<ListedFile> found, ConcurrentBag<string> below, CancellationToken cancellationToken)
    {
        var path = FilesPath.Of(directory) + string.Concat(prefix.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(segment => $"/{Uri.EscapeDataString(segment)}"));
        string? pageToken = null;
        do
        {
            var page = await files.ListDirectoryAsync(path, pageToken, onBehalfOfUser: true, cancellationToken);
            foreach (var item in page.Contents ?? [])
            {
                if (item.Name is not { Length: > 0 } name || name.StartsWith('.')) continue;
                if (item.IsDirectory) below.Add($"{prefix}{name}/");
                else found.Add(new ListedFile(new ItemRef($"{prefix}{name}"), item.FileSize ?? 0));
            }

            // Short and empty pages happen in the middle; the last page is the one without a token.
            pageToken = page.NextPageToken;
        }
        while (!string.IsNullOrEmpty(pageToken));
    }
}
