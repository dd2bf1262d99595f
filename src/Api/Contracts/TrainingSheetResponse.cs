using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Api.Contracts;

/// <summary>A training sheet: the set of pairs from one generation, by its counts and its provenance.</summary>
public sealed record TrainingSheetResponse
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The id again, under the name that other objects refer to it by.</summary>
    public required string TrainingSheetId { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The sheet it is made from.</summary>
    public required string SheetId { get; init; }

    /// <summary>The template it is made with.</summary>
    public required string TemplateId { get; init; }

    /// <summary>The version of it.</summary>
    public required int TemplateVersion { get; init; }

    /// <summary>Where it stands.</summary>
    public required TrainingSheetStatus Status { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public required StatusReason? StatusReason { get; init; }

    /// <summary>Whether it ran where it was asked for (<c>sync</c>) or in a job.</summary>
    public required ExecutionMode Mode { get; init; }

    /// <summary>The job's own id of the run, for one that runs in a job.</summary>
    public required string? JobRunId { get; init; }

    /// <summary>All pairs there are.</summary>
    public required long TotalPairs { get; init; }

    /// <summary>Pairs whose answer is an expert's.</summary>
    public required long LabeledPairs { get; init; }

    /// <summary>Pairs that wait for a decision.</summary>
    public required long UnlabeledPairs { get; init; }

    /// <summary>Pairs that were decided against.</summary>
    public required long RejectedPairs { get; init; }

    /// <summary>Pairs with which something is wrong.</summary>
    public required long FlaggedPairs { get; init; }

    /// <summary>How it was asked for.</summary>
    public required GenerationConfigBody GenerationConfig { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>By whom.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>What the generation did so far.</summary>
    public required StatisticsResponse Statistics { get; init; }
}

/// <summary>What a generation did so far, over all of its runs.</summary>
public sealed record StatisticsResponse
{
    /// <summary>Items the sheet has, after filter, sampling and limit.</summary>
    public required long TotalItems { get; init; }

    /// <summary>Items whose canonical label was reused.</summary>
    public required long CanonicalReused { get; init; }

    /// <summary>Items a model drafted an answer for.</summary>
    public required long ModelGenerated { get; init; }

    /// <summary>Items that got no answer.</summary>
    public required long FailedItems { get; init; }

    /// <summary>Calls made to the model, without retries. A question whose answer does not match the template's schema is asked in two.</summary>
    public required long ModelCalls { get; init; }

    /// <summary>Attempts beyond the first, over all calls.</summary>
    public required long Retries { get; init; }

    /// <summary>Tokens of all prompts, where the model said.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Tokens of all answers, where the model said.</summary>
    public required long CompletionTokens { get; init; }

    /// <summary>Milliseconds spent generating.</summary>
    public required long DurationMs { get; init; }
}
