using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Simulation.Tests.Worlds;

/// <summary>What an endpoint says to a question in the end, however often it fails before.</summary>
internal enum Outcome
{
    Answer,
    Refused,
    CutOff,
    Filtered,
    Empty,
    WrongAtFirst,
    AlwaysWrong,
}

/// <summary>A way in which one attempt comes to nothing.</summary>
internal enum Fault
{
    Status408,
    Status429,
    Status500,
    Status502,
    Status503,
    Status504,
    Refused,
    Reset,
    CutInReply,
    Timeout,
    Garbage,
    EmptyBody,
}

/// <summary>How an endpoint counts what it grants.</summary>
internal enum Window
{
    Sliding,
    Fixed,
    Bucket,
}

/// <summary>What an endpoint counts.</summary>
internal enum Measure
{
    Requests,
    InputTokens,
    OutputTokens,
}

/// <summary>How long an endpoint takes.</summary>
internal enum Latency
{
    Steady,
    HeavyTail,
    RisingWithLoad,
}

/// <summary>What happens to a run from outside.</summary>
internal enum Event
{
    Kill,
    Stop,
    Freeze,
    Cancel,
    SecondStart,
    Look,
    ClockJump,
}

/// <summary>One item of the sheet. Items with one question are asked the same.</summary>
internal sealed record ItemSpec(int Question, bool Labelled, bool Damaged, bool Blank, bool Given);

/// <summary>A limit of the endpoint, which may become another one on the way.</summary>
internal sealed record Limit(Window Window, Measure Measure, int Amount, double Seconds, double ChangesAt, int LaterAmount);

/// <summary>The model's endpoint.</summary>
internal sealed record EndpointSpec(
    Latency Latency, double LatencySeconds, double FaultShare, IReadOnlyList<Fault> Faults, bool TellsRetryAfter, int Capacity, IReadOnlyList<Limit> Limits, (double From, double To)? Locked);

/// <summary>The store and the source.</summary>
internal sealed record StoreSpec(double CallSeconds, double FaultShare, double LostReplyShare);

/// <summary>What happens, and when.</summary>
internal sealed record Happening(double At, Event Event, double Detail);

/// <summary>How the product is set.</summary>
internal sealed record Settings(
    int PageSize, int BatchSize, double FlushSeconds, int MaxConcurrency, int MaxAttempts, int? RequestsPerMinute, int? TokensPerMinute, double LeaseSeconds);

/// <summary>A world to generate in. With its seed, all that will happen in it.</summary>
internal sealed record World
{
    public required ulong Seed { get; init; }

    public required IReadOnlyList<ItemSpec> Items { get; init; }

    /// <summary>How many training sheets are made of them at once, in the same processes.</summary>
    public required int Sheets { get; init; }

    /// <summary>What comes of each question.</summary>
    public required IReadOnlyList<Outcome> Outcomes { get; init; }

    public required LabelingMode Mode { get; init; }

    /// <summary>Whether the template has a schema, which wrong answers break.</summary>
    public required bool HasSchema { get; init; }

    public required double Temperature { get; init; }

    public required bool TrustGiven { get; init; }

    public required int FewShot { get; init; }

    public required int? Limit { get; init; }

    public required Settings Settings { get; init; }

    public required EndpointSpec Endpoint { get; init; }

    public required StoreSpec Store { get; init; }

    public required IReadOnlyList<Happening> Happenings { get; init; }

    /// <summary>When the world comes to rest: from then on nothing fails, and only the endpoint's limits remain.</summary>
    public required double QuietAfter { get; init; }

    /// <summary>Whether nothing fails in it and nobody interferes, so that nothing may cost more than it must.</summary>
    public bool IsCalm => Happenings.Count == 0 && Endpoint is { FaultShare: 0, Locked: null } && Store is { FaultShare: 0, LostReplyShare: 0 };

    /// <summary>Whether two processes may be at work on one training sheet for a while: one that is thought dead, and the one that took over.</summary>
    public bool HasTwoAtWork => Happenings.Any(happening => happening.Event is Event.Freeze or Event.ClockJump or Event.SecondStart);
}
