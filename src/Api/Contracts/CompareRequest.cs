using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Api.Contracts;

/// <summary>What to compare a training sheet with.</summary>
public sealed record CompareRequest
{
    /// <summary>The training sheet to compare with, made from the same sheet.</summary>
    public string? OtherId { get; init; }

    /// <summary>How many differences to list; 50 when absent, at most 1000.</summary>
    public int? Limit { get; init; }

    /// <summary>The next_cursor of an earlier part of the list.</summary>
    public string? Cursor { get; init; }

    internal Result<TrainingSheetId> Other() => Identifier.IsValid(OtherId)
        ? new TrainingSheetId(OtherId!)
        : Error.InvalidField("other_id", $"Name the training sheet to compare with. Its id has {Identifier.Shape}.");
}
