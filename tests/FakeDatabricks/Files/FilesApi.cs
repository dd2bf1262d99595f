using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mirion.Generation.FakeDatabricks.Requests;

namespace Mirion.Generation.FakeDatabricks.Files;

/// <summary>Files API 2.0 (docs.databricks.com/api/workspace/files): a file's bytes as they are, by its path in a volume.</summary>
internal sealed class FilesApi(VolumeTree volumes) : IFakeApi
{
    private const string Prefix = "/api/2.0/fs/files";
    private const string Bytes = "application/octet-stream";
    private const long MaxBytes = 5L * 1024 * 1024 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup(Prefix);
        files.MapPut("/{**path}", UploadAsync);
        files.MapMethods("/{**path}", [HttpMethods.Get, HttpMethods.Head], Download);
        files.MapDelete("/{**path}", Delete);
    }

    /// <summary>The place that a request names, or why it cannot be one.</summary>
    public static bool TryFind(HttpContext context, string prefix, VolumeTree volumes, out VolumePath path, out IResult refusal)
    {
        var raw = RequestLog.RawPath(context)[prefix.Length..];
        refusal = !VolumePath.TryDecode(raw, out path) ? FileRefusals.NoPath(raw) : volumes.HasVolume(path) ? null! : FileRefusals.NoVolume(path);
        return refusal is null;
    }

    private async Task<IResult> UploadAsync(HttpContext context, bool? overwrite, CancellationToken cancellationToken)
    {
        if (!TryFind(context, Prefix, volumes, out var path, out var refusal)) return refusal;
        var request = context.Request;
        if (request.ContentLength > MaxBytes) return ApiError.Invalid("A file may have at most 5 GiB.");
        if (request.HasFormContentType) return ApiError.Malformed("The body is the file itself, not a form.");
        if (path.IsVolume || volumes.HasDirectory(path)) return FileRefusals.Exists(path);

        // Whether a workspace makes missing directories is not documented, nor is what it does without "overwrite" (its
        // documents and its clients differ). Both are refused here, so that nothing comes to rely on either.
        if (!volumes.HasParent(path)) return FileRefusals.NoDirectory(path);
        return await volumes.WriteAsync(path, request.Body, overwrite ?? false, cancellationToken) ? Results.NoContent() : FileRefusals.Exists(path);
    }

    private IResult Download(HttpContext context)
    {
        if (!TryFind(context, Prefix, volumes, out var path, out var refusal)) return refusal;
        if (!volumes.HasFile(path)) return FileRefusals.NoFile(path);
        var onDisk = volumes.OnDisk(path);
        return Results.File(onDisk, Bytes, lastModified: File.GetLastWriteTimeUtc(onDisk), enableRangeProcessing: true);
    }

    private IResult Delete(HttpContext context)
    {
        if (!TryFind(context, Prefix, volumes, out var path, out var refusal)) return refusal;
        if (!volumes.HasFile(path)) return FileRefusals.NoFile(path);
        File.Delete(volumes.OnDisk(path));
        return Results.NoContent();
    }
}
