using Mirion.Generation.Api.IntegrationTests.Harness;

namespace Mirion.Generation.Api.IntegrationTests.Journeys.BothWorkspaces;

/// <summary>An embedded workspace, whose tables are CSV files.</summary>
internal sealed class LocalJourneyWorkspace : JourneyWorkspace
{
    private readonly TempWorkspace _workspace;

    private LocalJourneyWorkspace(TempWorkspace workspace) => _workspace = workspace;

    public override int ModelCalls => _workspace.Model.CallCount;

    public static async Task<LocalJourneyWorkspace> CreateAsync() => new(await TempWorkspace.CreateAsync());

    public override Task PlaceTableAsync(string table, string[] columns, IEnumerable<string?[]> rows)
    {
        _workspace.AddTable(table, string.Concat(rows.Prepend(columns).Select(row => string.Join(',', row.Select(Cell)) + "\n")));
        return Task.CompletedTask;
    }

    public override Task<TestApi> StartAsync() => Task.FromResult(_workspace.Start());

    public override ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private static string Cell(string? text) => text is null ? "" : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
