using System.Text.Json.Serialization;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>A statement on its way to a warehouse.</summary>
/// <param name="Statement">Its text, up to 16 MiB.</param>
/// <param name="WarehouseId">The warehouse.</param>
/// <param name="Parameters">The values, up to 256.</param>
/// <param name="Disposition">INLINE or EXTERNAL_LINKS.</param>
internal sealed record StatementRequest(string Statement, string WarehouseId, IReadOnlyList<StatementParameter>? Parameters, string Disposition)
{
    /// <summary>The most seconds that the submission itself waits for; more than 50 is refused.</summary>
    public string WaitTimeout { get; } = "30s";

    /// <summary>What happens to a statement that takes longer.</summary>
    public string OnWaitTimeout { get; } = "CONTINUE";

    /// <summary>How a result is written. The only one that comes inline; with links it is read as it stands, without a library.</summary>
    public string Format { get; } = "JSON_ARRAY";
}

/// <summary>A value.</summary>
/// <param name="Name">The name, without the colon.</param>
/// <param name="Value">The value as text, whatever its type; left out for null.</param>
/// <param name="Type">Its SQL type.</param>
internal sealed record StatementParameter(string Name, string? Value, string Type);

/// <summary>Where a statement stands.</summary>
/// <param name="StatementId">Its id.</param>
/// <param name="Status">Its state.</param>
/// <param name="Manifest">What its result consists of, when it succeeded.</param>
/// <param name="Result">The first part of its result, when it succeeded.</param>
internal sealed record StatementReply(string? StatementId, StatementStatus? Status, ResultManifest? Manifest, ResultChunk? Result);

/// <summary>The state of a statement.</summary>
/// <param name="State">PENDING, RUNNING, SUCCEEDED, FAILED, CANCELED or CLOSED.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="SqlState">The SQLSTATE of a failure; older servers write it in the message alone.</param>
internal sealed record StatementStatus(string? State, StatementError? Error, string? SqlState);

/// <summary>Why a statement failed.</summary>
/// <param name="ErrorCode">A code such as BAD_REQUEST.</param>
/// <param name="Message">What the server says, which may quote data.</param>
internal sealed record StatementError(string? ErrorCode, string? Message);

/// <summary>What a result consists of.</summary>
/// <param name="Schema">Its columns.</param>
/// <param name="TotalChunkCount">How many parts it has.</param>
/// <param name="Chunks">The parts.</param>
/// <param name="TotalRowCount">How many rows it has.</param>
/// <param name="Truncated">Whether rows were left out.</param>
internal sealed record ResultManifest(ResultSchema? Schema, int? TotalChunkCount, IReadOnlyList<ChunkSummary>? Chunks, long? TotalRowCount, bool Truncated);

/// <summary>The columns of a result; none for a statement that has no result.</summary>
/// <param name="Columns">The columns.</param>
internal sealed record ResultSchema(IReadOnlyList<ResultColumn>? Columns);

/// <summary>A column of a result.</summary>
/// <param name="Name">Its name.</param>
internal sealed record ResultColumn(string? Name);

/// <summary>A part of a result, as the manifest counts it.</summary>
/// <param name="ChunkIndex">Its place.</param>
/// <param name="RowCount">Its rows.</param>
internal sealed record ChunkSummary(int ChunkIndex, long? RowCount);

/// <summary>A part of a result: rows, or a link to them.</summary>
/// <param name="DataArray">The rows; none when there are none.</param>
/// <param name="ExternalLinks">The link.</param>
/// <param name="NextChunkIndex">The part that follows rows that came inline.</param>
internal sealed record ResultChunk(IReadOnlyList<string?[]>? DataArray, IReadOnlyList<ResultLink>? ExternalLinks, int? NextChunkIndex);

/// <summary>A link to rows. Whoever has it can read them: it is neither logged nor shown, which a record's text form would do.</summary>
/// <param name="ExternalLink">The address.</param>
/// <param name="Expiration">Until when it is good.</param>
/// <param name="HttpHeaders">Headers that the request must have.</param>
internal sealed record ResultLink(Uri? ExternalLink, DateTimeOffset? Expiration, IReadOnlyDictionary<string, string>? HttpHeaders)
{
    public override string ToString() => $"a link until {Expiration:O}";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(StatementRequest))]
[JsonSerializable(typeof(StatementReply))]
[JsonSerializable(typeof(ResultChunk))]
internal sealed partial class StatementJson : JsonSerializerContext;
