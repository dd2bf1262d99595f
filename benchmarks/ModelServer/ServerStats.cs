namespace Mirion.Generation.Benchmarks.ModelServer;

/// <summary>What the server has seen so far.</summary>
/// <param name="Taken">Calls that were let in and worked on, whatever came of them; a user pays for them.</param>
/// <param name="Answered">Calls that got a good answer.</param>
/// <param name="Rejected">Calls that got a 429 because of the limit.</param>
/// <param name="Faults">Calls that went wrong on purpose, by how.</param>
/// <param name="InFlight">Calls open now.</param>
/// <param name="MostInFlight">The most calls that were open at once.</param>
/// <param name="Questions">Different questions that were asked, where they are counted.</param>
/// <param name="Seconds">From the first call to the last good answer.</param>
internal sealed record ServerStats(
    long Taken, long Answered, long Rejected, IReadOnlyDictionary<string, long> Faults, int InFlight, int MostInFlight, int Questions, double Seconds);
