namespace Mirion.Generation.Application.Generation.Calls;

/// <summary>What calls of a model's endpoint keep to.</summary>
public sealed class ModelCallOptions
{
    /// <summary>Ceiling on calls in flight.</summary>
    public int MaxConcurrency { get; set; } = 64;

    /// <summary>Attempts a question gets, the first included. Being asked for fewer calls counts as none: that has a limit of its own, in time.</summary>
    public int MaxAttempts { get; set; } = 6;

    /// <summary>Calls a minute the endpoint grants; null when there is no such limit.</summary>
    public int? RequestsPerMinute { get; set; }

    /// <summary>Tokens a minute the endpoint grants; null when there is no such limit.</summary>
    public int? TokensPerMinute { get; set; }
}
