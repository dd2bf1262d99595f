using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.FakeDatabricks;

namespace Mirion.Generation.Api.IntegrationTests.Journeys.BothWorkspaces;

/// <summary>A Databricks workspace on loopback, whose tables are Delta tables and whose job starts the command line.</summary>
internal sealed class DatabricksJourneyWorkspace : JourneyWorkspace
{
    private DatabricksJourneyWorkspace(FakeDatabricksWorkspace workspace) => Workspace = workspace;

    /// <summary>The workspace itself.</summary>
    public FakeDatabricksWorkspace Workspace { get; }

    public override int ModelCalls => Workspace.Serving.Calls.Count;

    /// <summary>The settings that name it.</summary>
    public IReadOnlyList<(string Key, string? Value)> Settings =>
    [
        .. Workspace.Variables.Select(variable => (variable.Key.Replace("__", ":", StringComparison.Ordinal), (string?)variable.Value)),
        ("DATABRICKS_CLIENT_ID", Workspace.ClientId),
        ("DATABRICKS_CLIENT_SECRET", Workspace.ClientSecret),
    ];

    public static async Task<DatabricksJourneyWorkspace> CreateAsync(FakeDatabricksOptions? options = null)
    {
        string[] job = ["dotnet", Path.Combine(TestContext.CurrentContext.TestDirectory, "mirion-generate.dll")];
        var workspace = await FakeDatabricksWorkspace.StartAsync((options ?? new FakeDatabricksOptions()) with { JobCommand = job });
        workspace.Serving.Endpoint("fake-model");
        return new DatabricksJourneyWorkspace(workspace);
    }

    public override async Task PlaceTableAsync(string table, string[] columns, IEnumerable<string?[]> rows)
    {
        var name = string.Join('.', table.Split('.').Select(part => $"`{part}`"));
        await Workspace.ExecuteAsync($"CREATE TABLE {name} ({string.Join(", ", columns.Select(column => $"`{column}` STRING"))}) USING DELTA");
        await Workspace.ExecuteAsync($"INSERT INTO {name} VALUES {string.Join(", ", rows.Select(row => $"({string.Join(", ", row.Select(Literal))})"))}");
    }

    public override Task<TestApi> StartAsync() => StartAsync(_ => { });

    /// <summary>Starts the real host over it, with other ports or settings.</summary>
    public async Task<TestApi> StartAsync(Action<IServiceCollection> ports, params IEnumerable<(string Key, string? Value)> settings)
    {
        await MigrateAsync();
        return TestApi.Start(ports, [.. Settings, .. settings]);
    }

    public override ValueTask DisposeAsync() => Workspace.DisposeAsync();

    // As a platform engineer does it, once.
    private async Task MigrateAsync()
    {
        var cli = await Command.RunAsync(Settings, "migrate");
        Assert.That(cli.ExitCode, Is.Zero, cli.Errors);
    }

    private static string Literal(string? text) =>
        text is null ? "NULL" : $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
