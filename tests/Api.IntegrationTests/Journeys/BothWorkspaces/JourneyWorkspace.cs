using Mirion.Generation.Api.IntegrationTests.Harness;

namespace Mirion.Generation.Api.IntegrationTests.Journeys.BothWorkspaces;

/// <summary>A workspace of either kind, with a model that answers <c>answer to</c> and the question.</summary>
internal abstract class JourneyWorkspace : IAsyncDisposable
{
    /// <summary>How many questions the model was asked.</summary>
    public abstract int ModelCalls { get; }

    /// <summary>Sets a workspace up.</summary>
    public static async Task<JourneyWorkspace> CreateAsync(string provider) => provider switch
    {
        "Local" => await LocalJourneyWorkspace.CreateAsync(),
        "Databricks" => await DatabricksJourneyWorkspace.CreateAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, null),
    };

    /// <summary>Puts a table of texts there.</summary>
    public abstract Task PlaceTableAsync(string table, string[] columns, IEnumerable<string?[]> rows);

    /// <summary>Starts the real host over it.</summary>
    public abstract Task<TestApi> StartAsync();

    public abstract ValueTask DisposeAsync();
}
