using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mirion.Generation.FakeDatabricks.Files;

/// <summary>The directories of the Files API 2.0.</summary>
internal sealed class DirectoriesApi(VolumeTree volumes, int largestPage) : IFakeApi
{
    private const string Prefix = "/api/2.0/fs/directories";
    private const int MaxPageSize = 1_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        var directories = routes.MapGroup(Prefix);
        directories.MapPut("/{**path}", Create);
        directories.MapGet("/{**path}", List);
        directories.MapMethods("/{**path}", [HttpMethods.Head], Test);
        directories.MapDelete("/{**path}", Delete);
    }

    private IResult Create(HttpContext context)
    {
        if (!FilesApi.TryFind(context, Prefix, volumes, out var path, out var refusal)) return refusal;
        if (volumes.HasFile(path)) return FileRefusals.Exists(path);
        try
        {
            Directory.CreateDirectory(volumes.OnDisk(path));
            return Results.NoContent();
        }
        catch (IOException)
        {
            // One of the directories above it is a file.
            return FileRefusals.Exists(path);
        }
    }

    private IResult Test(HttpContext context)
    {
        if (!FilesApi.TryFind(context, Prefix, volumes, out var path, out var refusal)) return refusal;
        return volumes.HasDirectory(path) ? Results.Ok() : FileRefusals.NoDirectory(path);
    }

    private IResult List(HttpContext context, int? page_size, string? page_token)
    {
        if (!FilesApi.TryFind(context, Prefix, volumes, out var path, out var refusal)) return refusal;
        if (page_size is < 0 or > MaxPageSize) return ApiError.Invalid($"page_size must be between 0 and {MaxPageSize}.");
        if (!volumes.HasDirectory(path)) return FileRefusals.NoDirectory(path);
        if (!DirectoryCursor.TryRead(page_token, out var cursor)) return ApiError.Invalid("Invalid page token.");
        var size = page_size is null or 0 ? MaxPageSize : page_size.Value;
        return Results.Ok(DirectoryPage.Of(new DirectoryInfo(volumes.OnDisk(path)), path, cursor, Math.Min(size, largestPage)));
    }

    private IResult Delete(HttpContext context)
    {
        if (!FilesApi.TryFind(context, Prefix, volumes, out var path, out var refusal)) return refusal;
        if (!volumes.HasDirectory(path)) return FileRefusals.NoDirectory(path);
        if (path.IsVolume) return FileRefusals.NoPath(path.ToString());
        try
        {
            Directory.Delete(volumes.OnDisk(path));
            return Results.NoContent();
        }
        catch (IOException)
        {
            return FileRefusals.NotEmpty(path);
        }
    }
}
