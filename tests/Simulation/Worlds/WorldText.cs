using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mirion.Generation.Simulation.Tests.Worlds;

/// <summary>Worlds as a person reads them.</summary>
internal static class WorldText
{
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true, Converters = { new JsonStringEnumConverter() } };

    public static string Of(World world) => JsonSerializer.Serialize(world, Json);
}
