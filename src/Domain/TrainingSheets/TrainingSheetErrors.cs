using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.TrainingSheets;

/// <summary>The refusals that concern training sheets.</summary>
public static class TrainingSheetErrors
{
    /// <summary>No training sheet has this id.</summary>
    public static Error NotFound(TrainingSheetId id) =>
        new(ErrorKind.NotFound, "training_sheet_not_found", $"There is no training sheet '{id}'.");

    /// <summary>A status does not lead to another.</summary>
    public static Error CannotMove(TrainingSheetStatus from, TrainingSheetStatus to) => new(
        ErrorKind.Conflict,
        "illegal_transition",
        $"A training sheet that is {SnakeCase<TrainingSheetStatus>.Of(from)} cannot become {SnakeCase<TrainingSheetStatus>.Of(to)}.");

    /// <summary>Pairs are only decided on once they are all made, and never after training.</summary>
    public static Error NotOpenToReview(TrainingSheetStatus status) => new(
        ErrorKind.Conflict,
        "illegal_transition",
        $"The pairs of a training sheet that is {SnakeCase<TrainingSheetStatus>.Of(status)} cannot be changed.");

    /// <summary>Nothing is left to generate.</summary>
    public static Error NothingToResume { get; } = new(
        ErrorKind.Conflict, "illegal_transition", "Every item of the training sheet has its pair, and none is flagged with a generation error.");

    /// <summary>The generation is at work on it.</summary>
    public static Error AlreadyRunning(TrainingSheetId id) => new(
        ErrorKind.Conflict, "already_running", $"Training sheet '{id}' is being generated. Wait until it is done.");

    /// <summary>A trained sheet is a record of what a model was trained on.</summary>
    public static Error Frozen(TrainingSheetId id) => new(
        ErrorKind.Conflict, "illegal_transition", $"Training sheet '{id}' was trained on and is frozen.");
}
