namespace Mirion.Generation.Domain.QAPairs;

/// <summary>The last decision a person took on a pair, or the labelling it inherits.</summary>
/// <param name="By">Who decided.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why, where a reason was given.</param>
public sealed record PairDecision(string By, DateTimeOffset At, string? Reason = null);
