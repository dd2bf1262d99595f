namespace Mirion.Generation.Cli.Definitions;

/// <summary>A definition that a file holds.</summary>
/// <typeparam name="TDraft">What is defined.</typeparam>
/// <param name="Place">The file and line it begins on.</param>
/// <param name="Draft">The definition.</param>
internal sealed record Definition<TDraft>(string Place, TDraft Draft);
