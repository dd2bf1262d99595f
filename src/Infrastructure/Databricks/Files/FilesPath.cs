using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Databricks.Files;

/// <summary>Paths as the Files API takes them: every segment percent-encoded, the slashes between kept.</summary>
internal static class FilesPath
{
    /// <summary>The path, with its leading slash.</summary>
    public static string Of(VolumePath path) => string.Join('/', path.ToString().Split('/').Select(Uri.EscapeDataString));
}
