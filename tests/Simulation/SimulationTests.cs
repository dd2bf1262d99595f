using CsCheck;
using Mirion.Generation.Simulation.Tests.Worlds;

namespace Mirion.Generation.Simulation.Tests;

/// <summary>
/// The whole pipeline in drawn worlds. A failure prints a seed and its world: <c>CsCheck_Seed=… dotnet test tests/Simulation</c> runs that one first, and
/// <c>CsCheck_Seed=… dotnet run --project tests/Simulation -- history</c> tells in words what happens in it.
/// </summary>
public sealed class SimulationTests
{
    // What CI has for it; a night has more: dotnet run --project tests/Simulation -- 28800.
    private const int Seconds = 40;

    [Test]
    public void Generation_InAnyWorld_EndsAsTheReferenceModelSays() =>
        AllWorlds.Any.Sample(world => _ = Simulation.Run(world), time: Seconds, print: WorldText.Of, writeLine: TestContext.Out.WriteLine);

    [Test]
    public void Run_OfOneSeed_IsTheSameEveryTime()
    {
        var hashes = new HashSet<ulong>();
        AllWorlds.Any.Sample(
            world =>
            {
                var (first, second) = (Simulation.Run(world), Simulation.Run(world));
                Assert.That(second with { History = first.History }, Is.EqualTo(first));
                lock (hashes) hashes.Add(first.Hash);
            },
            iter: 300,
            print: WorldText.Of);
        Assert.That(hashes, Has.Count.GreaterThan(290), "another world is another history");
    }
}
