using System.Text.Json.Serialization;
using Mirion.Generation.Infrastructure.Databricks.Http;
using Refit;

namespace Mirion.Generation.Infrastructure.Databricks.Files;

/// <summary>
/// Files and directories of volumes (docs.databricks.com/api/files/v2). Paths come from <see cref="FilesPath"/>, which encodes them. What is not there is a
/// <see cref="DatabricksException"/> that <see cref="DatabricksException.IsNotFound"/>.
/// </summary>
internal interface IFilesApi
{
    /// <summary>Writes a file, in the place of one that is there; up to 5 GiB. The directory must be there.</summary>
    [Put("/api/2.0/fs/files{path}?overwrite=true")]
    Task PutFileAsync([Encoded] string path, [Body] HttpContent content, CancellationToken cancellationToken);

    /// <summary>Reads a file; the caller disposes the answer.</summary>
    [Get("/api/2.0/fs/files{path}")]
    Task<HttpResponseMessage> GetFileAsync([Encoded] string path, [Property(RequestTraits.OnBehalfOfUser)] bool onBehalfOfUser, CancellationToken cancellationToken);

    /// <summary>Size and type of a file, in headers; the caller disposes the answer.</summary>
    [Head("/api/2.0/fs/files{path}")]
    Task<HttpResponseMessage> HeadFileAsync([Encoded] string path, [Property(RequestTraits.OnBehalfOfUser)] bool onBehalfOfUser, CancellationToken cancellationToken);

    /// <summary>Deletes a file.</summary>
    [Delete("/api/2.0/fs/files{path}")]
    Task DeleteFileAsync([Encoded] string path, CancellationToken cancellationToken);

    /// <summary>Makes a directory and those above it, unless they are there.</summary>
    [Put("/api/2.0/fs/directories{path}")]
    Task PutDirectoryAsync([Encoded] string path, CancellationToken cancellationToken);

    /// <summary>A page of what is in a directory. A page may be short or empty; the last one is that without a token.</summary>
    [Get("/api/2.0/fs/directories{path}")]
    Task<DirectoryPage> ListDirectoryAsync(
        [Encoded] string path,
        [AliasAs("page_token")] string? pageToken,
        [Property(RequestTraits.OnBehalfOfUser)] bool onBehalfOfUser,
        CancellationToken cancellationToken);

    /// <summary>Deletes a directory, which must be empty.</summary>
    [Delete("/api/2.0/fs/directories{path}")]
    Task DeleteDirectoryAsync([Encoded] string path, CancellationToken cancellationToken);
}

/// <summary>A page of a directory.</summary>
/// <param name="Contents">What is in it.</param>
/// <param name="NextPageToken">What to ask for the next page with; null for the last.</param>
internal sealed record DirectoryPage(IReadOnlyList<DirectoryItem>? Contents, string? NextPageToken);

/// <summary>A file or directory within a directory.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its whole path.</param>
/// <param name="IsDirectory">Whether it is a directory.</param>
/// <param name="FileSize">Its bytes, for a file.</param>
/// <param name="LastModified">When it was written, in milliseconds since 1970.</param>
internal sealed record DirectoryItem(string? Name, string? Path, bool IsDirectory, long? FileSize, long? LastModified);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(DirectoryPage))]
internal sealed partial class FilesJson : JsonSerializerContext;
