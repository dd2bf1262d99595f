using CsCheck;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Simulation.Tests.Worlds;

/// <summary>Draws worlds. Most of what can go wrong goes wrong in few of them, so that each thing is also seen alone.</summary>
internal static class AllWorlds
{
    // Evenly, which CsCheck's own doubles are not: they favour what breaks arithmetic.
    private static readonly Gen<double> Unit = Gen.Int[0, 9_999].Select(drawn => drawn / 10_000.0);

    private static readonly Gen<ItemSpec> Item = Gen.Select(
        Gen.Int[0, 24], Seldom(0.3), Seldom(0.04), Seldom(0.05), Seldom(0.9), (question, labelled, damaged, blank, given) => new ItemSpec(question, labelled, damaged, blank, given));

    private static readonly Gen<Outcome> Outcomes = Gen.Frequency(
        (8, Gen.Const(Outcome.Answer)), (1, Gen.Enum<Outcome>()));

    private static readonly Gen<Limit> Limits = Gen.Select(
        Gen.Enum<Window>(), Gen.Enum<Measure>(), Gen.Int[3, 40], Gen.OneOf(1.0, 10.0, 60.0), UpTo(60), Gen.Int[3, 40],
        (window, measure, amount, seconds, at, later) => new Limit(window, measure, Grant(measure, amount, seconds), seconds, at, Grant(measure, later, seconds)));

    private static readonly Gen<EndpointSpec> Endpoint = Gen.Select(
        Gen.Enum<Latency>(),
        Gen.OneOf(0.0, 0.001, 0.1, 2.0),
        Gen.Frequency((5, Gen.Const(0.0)), (3, Gen.Const(0.1)), (1, Gen.Const(0.3)), (1, Gen.Const(0.9))),
        Gen.Enum<Fault>().Array[1, 4],
        Gen.Bool,
        Gen.Frequency((3, Gen.Const(1000)), (1, Gen.Int[1, 8])),
        Gen.Frequency((4, Gen.Const(Array.Empty<Limit>())), (3, Limits.Array[1]), (1, Limits.Array[2, 3])),
        Gen.Frequency((9, Gen.Const(default((double, double)?))), (1, Gen.Select(UpTo(10), UpTo(20)).Select((from, length) => ((double, double)?)(from, from + length)))),
        (latency, seconds, share, faults, tells, capacity, limits, locked) => new EndpointSpec(latency, seconds, share, faults, tells, capacity, limits, locked));

    private static readonly Gen<StoreSpec> Store = Gen.Select(
        Gen.OneOf(0.0, 0.002, 0.5),
        Gen.Frequency((4, Gen.Const(0.0)), (1, Gen.Const(0.05))),
        Gen.Frequency((4, Gen.Const(0.0)), (1, Gen.Const(0.05))),
        (seconds, fails, loses) => new StoreSpec(seconds, fails, loses));

    private static readonly Gen<Happening> Happening = Gen.Select(
        Gen.Frequency((3, Unit), (2, UpTo(30)), (1, UpTo(200))), Gen.Enum<Event>(), Unit, (at, what, detail) => new Happening(at, what, detail));

    private static readonly Gen<Settings> Settings = Gen.Select(
        Gen.OneOf(1, 3, 10, 1000),
        Gen.OneOf(1, 3, 10, 1000),
        Gen.OneOf(0.1, 2.0, 30.0),
        Gen.Frequency((1, Gen.Int[1, 4]), (2, Gen.Int[5, 64])),
        Gen.Int[1, 6],
        Gen.Frequency((5, Gen.Const(default(int?))), (1, Gen.Int[20, 600].Select(number => (int?)number))),
        Gen.Frequency((5, Gen.Const(default(int?))), (1, Gen.Int[2_000, 60_000].Select(number => (int?)number))),
        Gen.OneOf(5.0, 120.0),
        (page, batch, flush, concurrency, attempts, requests, tokens, lease) => new Settings(page, batch, flush, concurrency, attempts, requests, tokens, lease));

    /// <summary>Every kind of world.</summary>
    public static Gen<World> Any { get; } = Gen.Select(
        Gen.Select(Item.Array[1, 60], Outcomes.Array[25], Endpoint, Store, Settings),
        Gen.Select(Gen.ULong, Happening.Array[0, 4], Gen.Frequency((8, Gen.Const(LabelingMode.AiGenerated)), (1, Gen.OneOf(LabelingMode.Manual, LabelingMode.ExistingColumn)))),
        Gen.Select(
            Gen.Frequency((3, Gen.Const(0.0)), (1, Gen.Const(0.7))),
            Gen.Bool,
            Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[1, 3])),
            Gen.Frequency((6, Gen.Const(default(int?))), (1, Gen.Int[1, 60].Select(number => (int?)number))),
            Gen.Frequency((4, Gen.Const(1)), (1, Gen.Const(2))),
            Gen.Frequency((2, Gen.Const(false)), (1, Gen.Const(true)))),
        (things, happenings, asked) => new World
        {
            Seed = happenings.Item1,
            Items = things.Item1,
            Outcomes = things.Item2,
            Endpoint = things.Item3,
            Store = things.Item4,
            Settings = things.Item5,
            Happenings = [.. happenings.Item2.OrderBy(happening => happening.At)],
            Mode = happenings.Item3,
            Temperature = asked.Item1,
            TrustGiven = asked.Item2 && happenings.Item3 is LabelingMode.ExistingColumn,
            FewShot = asked.Item3,
            Limit = asked.Item4,
            Sheets = asked.Item5,
            HasSchema = asked.Item6,
            QuietAfter = 120,
        });

    private static Gen<double> UpTo(double most) => Unit.Select(drawn => drawn * most);

    private static Gen<bool> Seldom(double share) => Unit.Select(drawn => drawn < share);

    // A limit that lets nothing through in a reasonable time would show nothing but patience; tokens are about a hundred a call.
    private static int Grant(Measure measure, int amount, double seconds) => (measure is Measure.Requests ? amount : amount * 100) * (seconds > 10 ? 3 : 1);
}
