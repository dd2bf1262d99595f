using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mirion.Generation.Api.IntegrationTests.Harness;

/// <summary>The real host on a real server and a free port of 127.0.0.1; a test may put other ports behind it.</summary>
internal sealed class TestApi : WebApplicationFactory<Program>
{
    private readonly Action<IServiceCollection> _ports;
    private readonly IReadOnlyDictionary<string, string?> _settings;

    private TestApi(Action<IServiceCollection> ports, IReadOnlyDictionary<string, string?> settings) => (_ports, _settings) = (ports, settings);

    /// <summary>What the host logged.</summary>
    public RecordedLog Log { get; } = new();

    /// <summary>A client of the API.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>Starts a host over <paramref name="ports"/>.</summary>
    public static TestApi Over(FakePorts ports, params (string Key, string? Value)[] settings) => Start(ports.Register, settings);

    /// <summary>Starts a host.</summary>
    public static TestApi Start(Action<IServiceCollection> ports, params (string Key, string? Value)[] settings)
    {
        // Of two settings with one name, the later one counts.
        var api = new TestApi(ports, settings.GroupBy(setting => setting.Key).ToDictionary(group => group.Key, group => group.Last().Value));
        api.UseKestrel(0);
        api.StartServer();
        api.Client = api.CreateClient();
        return api;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        foreach (var (key, value) in _settings) builder.UseSetting(key, value);
        builder.ConfigureTestServices(services =>
        {
            services.AddLogging(logging => logging.ClearProviders().AddProvider(Log));
            _ports(services);
        });
    }
}
