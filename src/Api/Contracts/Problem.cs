namespace Mirion.Generation.Api.Contracts;

/// <summary>Why a request was refused (RFC 9457).</summary>
public sealed record Problem
{
    /// <summary>A page about the status.</summary>
    public required string Type { get; init; }

    /// <summary>The status in words.</summary>
    public required string Title { get; init; }

    /// <summary>The status.</summary>
    public required int Status { get; init; }

    /// <summary>What was wrong, and what would be right.</summary>
    public string? Detail { get; init; }

    /// <summary>The reason, stable, for programs.</summary>
    public required string Code { get; init; }

    /// <summary>Messages by field, where the refusal has fields.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>What the log knows this request by.</summary>
    public required string TraceId { get; init; }
}
