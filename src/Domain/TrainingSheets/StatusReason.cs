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
}
