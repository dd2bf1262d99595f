namespace Mirion.Generation.Domain.TrainingSheets;

/// <summary>What a generation did so far, over all of its runs.</summary>
public sealed record GenerationStatistics
{
    /// <summary>Items the sheet has, after filter, sampling and limit.</summary>
    public long TotalItems { get; init; }

    /// <summary>Items whose canonical label was reused.</summary>
    public long CanonicalReused { get; init; }

    /// <summary>Items a model drafted an answer for.</summary>
    public long ModelGenerated { get; init; }

    /// <summary>Items that got no answer.</summary>
    public long FailedItems { get; init; }

    /// <summary>Calls made to the model; retries are counted in <see cref="Retries"/>.</summary>
    public long ModelCalls { get; init; }

    /// <summary>Attempts beyond the first, over all calls.</summary>
    public long Retries { get; init; }

    /// <summary>Tokens of all prompts, where the model said.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Tokens of all answers, where the model said.</summary>
    public long CompletionTokens { get; init; }

    /// <summary>Milliseconds spent generating.</summary>
    public long DurationMs { get; init; }

    /// <summary>Both together; the number of items is the later one's.</summary>
    public static GenerationStatistics operator +(GenerationStatistics earlier, GenerationStatistics later) => new()
    {
        TotalItems = later.TotalItems == 0 ? earlier.TotalItems : later.TotalItems,
        CanonicalReused = earlier.CanonicalReused + later.CanonicalReused,
        ModelGenerated = earlier.ModelGenerated + later.ModelGenerated,
        FailedItems = earlier.FailedItems + later.FailedItems,
        ModelCalls = earlier.ModelCalls + later.ModelCalls,
        Retries = earlier.Retries + later.Retries,
        PromptTokens = earlier.PromptTokens + later.PromptTokens,
        CompletionTokens = earlier.CompletionTokens + later.CompletionTokens,
        DurationMs = earlier.DurationMs + later.DurationMs,
    };
}
