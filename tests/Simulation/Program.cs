using System.Diagnostics;
using System.Globalization;
using CsCheck;
using Mirion.Generation.Simulation.Tests.Worlds;

namespace Mirion.Generation.Simulation.Tests;

/// <summary>
/// Runs the simulation without a test runner: <c>dotnet run -c Release --project tests/Simulation -- SECONDS [THREADS]</c>. Prints how many runs there were in what time,
/// and nothing else when all of them were right. <c>CsCheck_Seed=SEED dotnet run … -- history</c> tells what happens in the one world of that seed.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is ["history"])
        {
            AllWorlds.Any.Sample(world => Console.WriteLine(string.Join('\n', Simulation.Run(world, inWords: true).History)), iter: 1, threads: 1, print: WorldText.Of);
            return 0;
        }

        var seconds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 60;
        var threads = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : -1;
        var (runs, steps, calls) = (0L, 0L, 0L);
        var watch = Stopwatch.StartNew();
        try
        {
            AllWorlds.Any.Sample(
                world =>
                {
                    var report = Simulation.Run(world);
                    Interlocked.Increment(ref runs);
                    Interlocked.Add(ref steps, report.Steps);
                    Interlocked.Add(ref calls, report.Attempts);
                },
                time: seconds,
                threads: threads,
                print: WorldText.Of);
        }
        catch (CsCheckException e)
        {
            Console.Error.WriteLine(e);
            return 1;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs} runs in {watch.Elapsed.TotalSeconds:F1} s"));
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{steps} steps, {calls} model calls"));
        return 0;
    }
}
