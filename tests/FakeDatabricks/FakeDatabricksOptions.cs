namespace Mirion.Generation.FakeDatabricks;

/// <summary>How a fake workspace behaves.</summary>
public sealed record FakeDatabricksOptions
{
    /// <summary>The port of 127.0.0.1 to listen on; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Where its volumes lie; a temporary folder, deleted at the end, when null. Tables are in memory, and end with it.</summary>
    public string? Folder { get; init; }

    /// <summary>How long an OAuth token is good for; a real workspace gives an hour.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a link to a part of a result is good for; a real workspace gives 15 minutes.</summary>
    public TimeSpan LinkLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether the warehouse runs at the start; a stopped one is started by the first statement.</summary>
    public bool WarehouseRunning { get; init; } = true;

    /// <summary>How long a stopped warehouse takes to start.</summary>
    public TimeSpan WarehouseStart { get; init; } = TimeSpan.Zero;

    /// <summary>Rows of a part of a result that is fetched by links; a real workspace makes parts of about 20 MB.</summary>
    public int RowsPerChunk { get; init; } = 5_000;

    /// <summary>The largest result that comes with the reply itself; a real workspace has 25 MiB.</summary>
    public long MaxInlineBytes { get; init; } = 25 * 1024 * 1024;

    /// <summary>What a run of the job starts: program and arguments, before <c>run --training-sheet-id ID</c>. When null, a run goes on until a test ends it.</summary>
    public IReadOnlyList<string>? JobCommand { get; init; }

    /// <summary>Variables that a run of the job has besides those that name this workspace.</summary>
    public IReadOnlyDictionary<string, string> JobEnvironment { get; init; } = new Dictionary<string, string>();

    /// <summary>How long a run is pending before it starts.</summary>
    public TimeSpan RunStart { get; init; } = TimeSpan.Zero;

    /// <summary>How many runs of a job go on at once; more stand in the queue.</summary>
    public int MaxConcurrentRuns { get; init; } = 10;

    /// <summary>How long a cancelled run has to end by itself before it is killed.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most entries on a page of a directory, whatever page size is asked for; a real workspace gives up to 1,000.</summary>
    public int DirectoryPage { get; init; } = 1_000;

    /// <summary>How long a model takes over an answer, in real time.</summary>
    public TimeSpan ServingLatency { get; init; } = TimeSpan.Zero;

    /// <summary>Whether disposing throws when something was asked for that is not here.</summary>
    public bool RefuseUnknownRoutes { get; init; } = true;

    /// <summary>The time, which the life of tokens and links, the start of the warehouse and of runs go by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
