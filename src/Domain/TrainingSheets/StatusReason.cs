using System.Globalization;

namespace Mirion.Generation.Domain.TrainingSheets;

/// <summary>Why a training sheet failed.</summary>
/// <param name="Code">Stable snake_case code.</param>
/// <param name="Message">What happened and what to do, for a person; no upstream body, no secret.</param>
public sealed record StatusReason(string Code, string Message)
{
    /// <summary>The code of <see cref="Cancelled"/>.</summary>
    public const string CancelledCode = "cancelled";

    /// <summary>The run was cancelled by a person, or by the program that started it.</summary>
    public static StatusReason Cancelled { get; } = new(CancelledCode, "The generation was cancelled. What was done is kept; run it again to continue.");

    /// <summary>The process that was at work died, or lost touch with the workspace.</summary>
    public static StatusReason RunLost(DateTimeOffset seenAt) => new(
        "run_lost", string.Create(CultureInfo.InvariantCulture, $"Nothing was heard of the run since {seenAt:u}: its process was ended, or cannot reach the workspace. What was done is kept; resume it to continue."));
}
