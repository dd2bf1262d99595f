using Mirion.Generation.Benchmarks.Bench;

namespace Mirion.Generation.Benchmarks.ModelServer;

/// <summary>What bounds the calls that the server takes.</summary>
internal enum LimitKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A bucket that fills evenly and holds a second's worth.</summary>
    TokenBucket,

    /// <summary>So many in each second from the first call on.</summary>
    FixedWindow,

    /// <summary>So many in any second.</summary>
    SlidingWindow,
}

/// <summary>How the model server behaves.</summary>
internal sealed record ServerOptions
{
    /// <summary>How long an answer takes.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How many answers are made at once; 0 for any number. Calls beyond wait.</summary>
    public int Capacity { get; init; }

    /// <summary>What bounds the calls a second; those beyond are answered 429.</summary>
    public LimitKind Limit { get; init; }

    /// <summary>Calls a second that the limit lets through.</summary>
    public int Rate { get; init; } = 50;

    /// <summary>Whether a 429 says when to come back, in whole seconds as the header has them.</summary>
    public bool RetryAfter { get; init; }

    /// <summary>Which part of the calls goes wrong.</summary>
    public double Faults { get; init; }

    /// <summary>Which calls those are, and how.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether different questions are counted.</summary>
    public bool CountsQuestions { get; init; }

    /// <summary>The arguments that mean this.</summary>
    public IEnumerable<string> ToArguments() => FormattableString.Invariant(
        $"--latency {Latency.TotalMilliseconds} --capacity {Capacity} --limit {Limit} --rate {Rate} --faults {Faults} --seed {Seed}").Split(' ')
        .Concat(RetryAfter ? ["--retry-after"] : [])
        .Concat(CountsQuestions ? ["--questions"] : []);

    /// <summary>What arguments mean.</summary>
    public static ServerOptions From(Arguments arguments) => new()
    {
        Latency = TimeSpan.FromMilliseconds(arguments.Number("latency", 0)),
        Capacity = arguments.Int("capacity", 0),
        Limit = Enum.Parse<LimitKind>(arguments.Find("limit") ?? nameof(LimitKind.None), ignoreCase: true),
        Rate = arguments.Int("rate", 50),
        RetryAfter = arguments.Has("retry-after"),
        Faults = arguments.Number("faults", 0),
        Seed = arguments.Int("seed", 1),
        CountsQuestions = arguments.Has("questions"),
    };

    /// <summary>The least time in which so many calls can be answered.</summary>
    public TimeSpan Optimum(int calls) => Latency + Limit switch
    {
        LimitKind.None => TimeSpan.Zero,
        LimitKind.TokenBucket => TimeSpan.FromSeconds(Math.Max(0, calls - Rate) / (double)Rate),
        _ => TimeSpan.FromSeconds((calls - 1) / Rate),
    };
}
