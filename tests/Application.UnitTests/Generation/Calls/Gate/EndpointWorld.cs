namespace Mirion.Generation.Application.UnitTests.Generation.Calls.Gate;

/// <summary>How an endpoint counts the calls it allows.</summary>
internal enum Quota
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>So many from one turn of its clock to the next.</summary>
    FixedWindow,

    /// <summary>So many within any span of a second.</summary>
    SlidingWindow,

    /// <summary>As many as flow into a bucket that holds so many.</summary>
    Bucket,
}

/// <summary>Whether an endpoint says how long to stay away.</summary>
internal enum RetryAfter
{
    Never,

    /// <summary>In whole seconds, as HTTP has it.</summary>
    WholeSeconds,

    /// <summary>To the moment.</summary>
    Exact,
}

/// <summary>An endpoint in virtual time.</summary>
internal sealed record EndpointWorld
{
    public Quota Quota { get; init; }

    public double PerSecond { get; init; } = 50;

    public double WindowSeconds { get; init; } = 1;

    /// <summary>Calls that a bucket holds; a second's worth by default.</summary>
    public double? Burst { get; init; }

    /// <summary>Where in its window the endpoint is when the first call comes.</summary>
    public double Phase { get; init; }

    public RetryAfter RetryAfter { get; init; }

    public double LatencySeconds { get; init; } = 0.1;

    /// <summary>How much latencies differ: the standard deviation of their logarithm.</summary>
    public double LatencySpread { get; init; }

    /// <summary>Calls it works on at once; others wait for one of them to end.</summary>
    public int? Capacity { get; init; }

    /// <summary>Calls it has at once; others are sent away.</summary>
    public int? MostAtOnce { get; init; }

    /// <summary>The share of calls that are sent away by chance.</summary>
    public double Chance { get; init; }

    /// <summary>The share of calls that are sent away by chance and told to stay away for a second.</summary>
    public double ChanceOfPause { get; init; }

    /// <summary>When the quota changes, and what to.</summary>
    public (double At, double PerSecond)? Change { get; init; }
}
