using System.Text.Json.Serialization;
using Mirion.Generation.Api.Json;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Api.Contracts;

/// <summary>One row or one file of a sheet, as the engine sees it.</summary>
public sealed record ItemResponse
{
    /// <summary>Its name within the sheet.</summary>
    public required string ItemRef { get; init; }

    /// <summary>Its place in item order, from 0; null where an item was asked for by its name.</summary>
    public required long? SequenceNumber { get; init; }

    /// <summary>The values by column.</summary>
    [JsonConverter(typeof(ItemDataConverter))]
    public required IReadOnlyDictionary<string, object?> Data { get; init; }

    /// <summary>The file it is, for an item of a volume.</summary>
    public required ItemFileResponse? File { get; init; }

    /// <summary>Why its data could not be read; null when it could.</summary>
    public required GenerationError? Fault { get; init; }

    internal static ItemResponse Of(SheetItem item) => new()
    {
        ItemRef = item.Ref.Value,
        SequenceNumber = item.SequenceNumber < 0 ? null : item.SequenceNumber,
        Data = item.Values,
        File = item.File is { } file ? new ItemFileResponse(file.Path.ToString(), file.MediaType, file.SizeBytes) : null,
        Fault = item.Fault,
    };
}

/// <summary>A file of a volume.</summary>
/// <param name="Path">Where it is: <c>/Volumes/...</c>.</param>
/// <param name="MediaType">Its media type, by its extension.</param>
/// <param name="SizeBytes">Its size.</param>
public sealed record ItemFileResponse(string Path, string MediaType, long SizeBytes);
