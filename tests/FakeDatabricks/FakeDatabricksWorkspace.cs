using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mirion.Generation.FakeDatabricks;

/// <summary>
/// A Databricks workspace on loopback: the APIs that the product uses, with their shapes, states, limits and errors. Everything a workspace would
/// refuse is refused, so that what works here has a chance of working there.
/// </summary>
public sealed class FakeDatabricksWorkspace : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _ownsFolder;

    private FakeDatabricksWorkspace(FakeDatabricksOptions options)
    {
        Options = options;
        _ownsFolder = options.Folder is null;
        Folder = options.Folder ?? Directory.CreateTempSubdirectory("fake-databricks-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Listen(IPAddress.Loopback, options.Port);
            server.Limits.MaxRequestBodySize = null;
        });
        _app = builder.Build();
        foreach (var api in Apis()) api.Map(_app);
    }

    private static IEnumerable<IFakeApi> Apis() => [];

    /// <summary>How it behaves.</summary>
    public FakeDatabricksOptions Options { get; }

    /// <summary>Where its files lie: <c>Volumes/catalog/schema/volume/...</c>.</summary>
    public string Folder { get; }

    /// <summary>Its address.</summary>
    public Uri Host => new(_app.Urls.Single());

    /// <summary>Starts one.</summary>
    public static async Task<FakeDatabricksWorkspace> StartAsync(FakeDatabricksOptions? options = null)
    {
        var workspace = new FakeDatabricksWorkspace(options ?? new FakeDatabricksOptions());
        await workspace._app.StartAsync();
        return workspace;
    }

    /// <summary>Waits until somebody stops the program.</summary>
    internal Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        if (_ownsFolder) Directory.Delete(Folder, recursive: true);
    }
}
