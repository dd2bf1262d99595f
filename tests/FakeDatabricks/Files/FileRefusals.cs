using Microsoft.AspNetCore.Http;

namespace Mirion.Generation.FakeDatabricks.Files;

/// <summary>What the Files API answers when it does not do a thing, with the reason that clients go by.</summary>
internal static class FileRefusals
{
    public static IResult NoPath(string path) =>
        ApiError.OfFiles(StatusCodes.Status400BadRequest, "INVALID_PARAMETER_VALUE", $"Invalid path: {path}", "FILES_API_INVALID_PATH");

    public static IResult NoVolume(VolumePath path) =>
        ApiError.OfFiles(StatusCodes.Status404NotFound, "NOT_FOUND", $"Volume '{path.Volume}' does not exist.", "FILES_API_RESOURCE_NOT_FOUND");

    public static IResult NoFile(VolumePath path) =>
        ApiError.OfFiles(StatusCodes.Status404NotFound, "NOT_FOUND", $"The file being accessed is not found: {path}", "FILES_API_RESOURCE_NOT_FOUND");

    public static IResult NoDirectory(VolumePath path) =>
        ApiError.OfFiles(StatusCodes.Status404NotFound, "NOT_FOUND", $"The directory being accessed is not found: {path}", "FILES_API_DIRECTORY_IS_NOT_FOUND");

    public static IResult Exists(VolumePath path) => ApiError.Of(StatusCodes.Status409Conflict, "ALREADY_EXISTS", $"The resource already exists: {path}");

    public static IResult NotEmpty(VolumePath path) =>
        ApiError.OfFiles(StatusCodes.Status400BadRequest, "INVALID_PARAMETER_VALUE", $"The directory is not empty: {path}", "FILES_API_DIRECTORY_IS_NOT_EMPTY");
}
