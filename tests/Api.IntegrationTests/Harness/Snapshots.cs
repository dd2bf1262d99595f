using System.Text.Json;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Api.IntegrationTests.Harness;

/// <summary>How JSON stands in snapshots: to be read by people.</summary>
internal static class Snapshots
{
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, Encoder = CompactJson.Encoder };

    public static string Pretty(this JsonElement json) => JsonSerializer.Serialize(json, Indented);
}
