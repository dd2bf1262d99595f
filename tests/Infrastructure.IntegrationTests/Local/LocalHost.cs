using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Local;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local;

/// <summary>A host over an embedded workspace, as far as the store goes, put together by the real registration.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private LocalHost(string path, Action<IServiceCollection>? more)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Workspace:Local:Path"] = path }).Build();
        var services = new ServiceCollection().AddLogging().AddInfrastructure(configuration);
        // The store as such: the sample is tried where it is seeded.
        services.RemoveAll<ISampleSeeder>();
        more?.Invoke(services);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = false, ValidateScopes = true });
    }

    public DuckDbDatabase Database => Get<DuckDbDatabase>();

    /// <summary>A host that has not yet touched the folder.</summary>
    public static LocalHost At(string path, Action<IServiceCollection>? more = null) => new(path, more);

    /// <summary>A host whose workspace is prepared.</summary>
    public static async Task<LocalHost> PreparedAsync(string path)
    {
        var host = At(path);
        await host.Get<IWorkspace>().PrepareAsync(CancellationToken.None);
        return host;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
