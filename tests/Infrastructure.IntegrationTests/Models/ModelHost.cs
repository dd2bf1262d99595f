using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Models;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Models;

/// <summary>The model as a host gets it: through its registration, from settings, over real HTTP.</summary>
internal sealed class ModelHost : IAsyncDisposable
{
    public const string Key = "sk-SECRET-0123456789";
    private readonly ServiceProvider _services;

    private ModelHost(Dictionary<string, string?> settings, TimeProvider clock)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        _services = new ServiceCollection()
            .AddSingleton(clock)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs))
            .AddFoundationModel(configuration)
            .AddModelCalls()
            .BuildServiceProvider(validateScopes: true);
    }

    public RecordedLogs Logs { get; } = new();

    public IFoundationModel Model => _services.GetRequiredService<IFoundationModel>();

    /// <summary>The model as a run asks it.</summary>
    public ModelCalls Calls => _services.GetRequiredService<ModelCalls>();

    public IServiceProvider Services => _services;

    /// <summary>A host whose model is <paramref name="server"/>, with a time limit too long to matter.</summary>
    public static ModelHost For(FakeModelServer server, TimeProvider? clock = null, params (string Key, string Value)[] settings) =>
        With(clock, [("BaseUrl", server.BaseUrl), ("ApiKey", Key), ("TimeoutSeconds", "3600"), .. settings]);

    public static ModelHost With(TimeProvider? clock, params (string Key, string Value)[] settings)
    {
        var section = new Dictionary<string, string?>();
        foreach (var (key, value) in settings) section[$"FoundationModel:{key}"] = value;
        return new ModelHost(section, clock ?? TimeProvider.System);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
