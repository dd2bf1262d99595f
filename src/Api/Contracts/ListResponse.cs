namespace Mirion.Generation.Api.Contracts;

/// <summary>A part of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The entries.</param>
/// <param name="NextCursor">What to send as <c>cursor</c> for the next part; null when there is none.</param>
public sealed record ListResponse<T>(IReadOnlyList<T> Items, string? NextCursor);
