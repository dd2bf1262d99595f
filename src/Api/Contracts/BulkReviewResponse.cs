namespace Mirion.Generation.Api.Contracts;

/// <summary>What became of a decision on many pairs.</summary>
/// <param name="Changed">How many pairs were decided on.</param>
/// <param name="Refused">Pairs that were not, the first hundred.</param>
/// <param name="RefusedCount">How many were not.</param>
public sealed record BulkReviewResponse(long Changed, IReadOnlyList<RefusedPairResponse> Refused, long RefusedCount);

/// <summary>A pair that was not decided on.</summary>
/// <param name="Id">The pair.</param>
/// <param name="Code">The reason, stable, for programs.</param>
/// <param name="Message">What was wrong, and what would be right.</param>
public sealed record RefusedPairResponse(string Id, string Code, string Message);
