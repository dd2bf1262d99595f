using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.Infrastructure.IntegrationTests.Models;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks;

/// <summary>The adapters of a Databricks workspace as a host gets them: through their registration, from settings, over real HTTP.</summary>
internal sealed class DatabricksHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private DatabricksHost(IReadOnlyDictionary<string, string?> settings, TimeProvider clock) => _services = new ServiceCollection()
        .AddSingleton(clock)
        .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs))
        .AddSingleton<ICurrentUser>(User)
        .AddInfrastructure(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .AddModelCalls()
        .BuildServiceProvider(validateScopes: true);

    /// <summary>Everything that was logged.</summary>
    public RecordedLogs Logs { get; } = new();

    /// <summary>Who asks.</summary>
    public TestUser User { get; } = new();

    public IServiceProvider Services => _services;

    /// <summary>A host of a workspace, signed in as its service principal unless the settings say otherwise.</summary>
    public static DatabricksHost For(FakeDatabricksWorkspace workspace, TimeProvider? clock = null, params (string Key, string? Value)[] settings) => At(
        workspace.Host,
        clock,
        [
            ("Workspace:Databricks:ClientId", workspace.ClientId), ("Workspace:Databricks:ClientSecret", workspace.ClientSecret),
            ("Workspace:Databricks:WarehouseId", workspace.WarehouseId), ("Workspace:Databricks:JobId", $"{workspace.JobId}"),
            ("Workspace:Databricks:Catalog", workspace.Catalog), ("Workspace:Databricks:Schema", workspace.Schema),
            ("Workspace:Databricks:StagingVolume", workspace.StagingVolume), .. settings,
        ]);

    /// <summary>A host of whatever answers at <paramref name="address"/>.</summary>
    public static DatabricksHost At(Uri address, TimeProvider? clock = null, params (string Key, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Workspace:Provider"] = "Databricks",
            ["Workspace:Databricks:Host"] = address.ToString(),
            ["Workspace:Databricks:WarehouseId"] = "w",
            ["Workspace:Databricks:Catalog"] = "main",
            ["Workspace:Databricks:Schema"] = "mirion",
            ["Workspace:Databricks:StagingVolume"] = "/Volumes/main/mirion/staging",
        };
        foreach (var (key, value) in settings) all[key] = value;
        return new DatabricksHost(all, clock ?? TimeProvider.System);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>Somebody, with or without a credential.</summary>
internal sealed class TestUser : ICurrentUser
{
    public string Name => "tester";

    public string? AccessToken { get; set; }
}
