using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.Infrastructure.IntegrationTests.Models;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql;

/// <summary>A host over a Databricks workspace, as far as the store goes, put together by the real registration.</summary>
internal sealed class StoreHost : ICurrentUser, IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public StoreHost(FakeDatabricksWorkspace workspace, TimeProvider? clock = null, Action<IServiceCollection>? more = null, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(workspace.Variables.ToDictionary(variable => variable.Key.Replace("__", ":", StringComparison.Ordinal), variable => (string?)variable.Value))
            .AddInMemoryCollection(new Dictionary<string, string?> { ["DATABRICKS_TOKEN"] = workspace.Token })
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value))
            .Build();
        var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs))
            .AddSingleton(clock ?? TimeProvider.System)
            .AddSingleton<ICurrentUser>(this)
            .AddInfrastructure(configuration);
        more?.Invoke(services);
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public RecordedLogs Logs { get; } = new();

    public string Name => "a user";

    public string? AccessToken { get; set; }

    public AsyncServiceScope Scope() => _services.CreateAsyncScope();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
