namespace Mirion.Generation.Domain.TrainingSheets;

/// <summary>Everything a training sheet is, as a store keeps it; <see cref="TrainingSheet.Restore"/> makes one of it if it is legal.</summary>
public sealed record TrainingSheetState
{
    /// <summary>The id.</summary>
    public required TrainingSheetId Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is made from.</summary>
    public required GenerationRecipe Recipe { get; init; }

    /// <summary>Where it stands.</summary>
    public required TrainingSheetStatus Status { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public StatusReason? StatusReason { get; init; }

    /// <summary>Whether it runs where it was asked for or in a job; never <see cref="ExecutionMode.Auto"/>.</summary>
    public required ExecutionMode Mode { get; init; }

    /// <summary>The job's own id for the run, for one that runs in a job.</summary>
    public string? JobRunId { get; init; }

    /// <summary>The pairs there are, by status.</summary>
    public PairTally Tally { get; init; } = PairTally.Empty;

    /// <summary>What the generation did so far.</summary>
    public GenerationStatistics Statistics { get; init; } = new();

    /// <summary>Who is at work on it.</summary>
    public RunLease Lease { get; init; } = RunLease.None;

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>By whom.</summary>
    public required string CreatedBy { get; init; }
}
