namespace Mirion.Generation.FakeDatabricks.Jobs;

/// <summary>A job of the workspace.</summary>
/// <param name="Id">Its number. Real ones are beyond what a double holds exactly, and so is this.</param>
/// <param name="Name">Its name; two jobs may have the same.</param>
/// <param name="TaskKeys">Its tasks. The first does the work; the others are there to be counted.</param>
/// <param name="Parameters">The parameters it declares.</param>
internal sealed record JobDefinition(long Id, string Name, IReadOnlyList<string> TaskKeys, IReadOnlyList<string> Parameters);
