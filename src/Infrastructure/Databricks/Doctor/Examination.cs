namespace Mirion.Generation.Infrastructure.Databricks.Doctor;

/// <summary>One thing that is looked at.</summary>
/// <param name="Name">What; stable snake_case.</param>
/// <param name="Remedy">What to do when the workspace refuses what it takes to look.</param>
/// <param name="LookAsync">Looks; throws when the workspace refuses.</param>
internal sealed record Examination(string Name, string Remedy, Func<CancellationToken, Task<Finding>> LookAsync);

/// <summary>What was found.</summary>
/// <param name="Text">In words, without a secret.</param>
/// <param name="Remedy">What to do about it; null when all is well.</param>
internal sealed record Finding(string Text, string? Remedy = null);
