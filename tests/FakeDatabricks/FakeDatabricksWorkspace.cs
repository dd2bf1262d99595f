using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mirion.Generation.FakeDatabricks.Auth;
using Mirion.Generation.FakeDatabricks.Catalog;
using Mirion.Generation.FakeDatabricks.Faults;
using Mirion.Generation.FakeDatabricks.Files;
using Mirion.Generation.FakeDatabricks.Jobs;
using Mirion.Generation.FakeDatabricks.Requests;
using Mirion.Generation.FakeDatabricks.Serving;
using Mirion.Generation.FakeDatabricks.Sql;
using Mirion.Generation.FakeDatabricks.Sql.Statements;

namespace Mirion.Generation.FakeDatabricks;

/// <summary>
/// A Databricks workspace on loopback: the APIs that the product uses, with their shapes, states, limits and errors. Everything a workspace would
/// refuse is refused, so that what works here has a chance of working there.
/// </summary>
/// <remarks>A request for what it does not have is a mistake of the caller: it is answered 501, and disposing the workspace throws it.</remarks>
public sealed partial class FakeDatabricksWorkspace : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _ownsFolder;
    private readonly Credentials _credentials;
    private readonly RequestLog _log = new();
    private readonly UnknownRoutes _unknown = new();
    private readonly VolumeTree _volumes;
    private readonly JobRuns _jobs;
    private readonly Warehouse _warehouse;
    private readonly StatementQueue _statements;
    private readonly IReadOnlyList<IFakeApi> _apis;

    private FakeDatabricksWorkspace(FakeDatabricksOptions options)
    {
        Options = options;
        _ownsFolder = options.Folder is null;
        Folder = Path.GetFullPath(options.Folder ?? Directory.CreateTempSubdirectory("fake-databricks-").FullName);
        _credentials = new Credentials(options.Clock, options.TokenLifetime);
        _volumes = new VolumeTree(Folder);
        _volumes.Create(StagingVolume);
        _jobs = new JobRuns(this);
        _warehouse = new Warehouse(WarehouseId, options.WarehouseRunning, options.WarehouseStart, options.Clock);
        _statements = Lakehouse(_warehouse);
        JobId = AddJob("mirion-generation");
        _app = Build(options);
        _app.Use(_log.ObserveAsync);
        _app.UseRouting();
        _app.Use(_unknown.AnswerAsync);
        _app.Use(new Authentication(_credentials).CheckAsync);
        _app.Use(new FaultInjection(Faults).ApplyAsync);
        _apis = [.. Apis()];
        foreach (var api in _apis) api.Map(_app);
    }

    private IEnumerable<IFakeApi> Apis() =>
    [
        new ControlApi(Faults, _log),
        new TokenApi(this, _credentials),
        new MeApi(),
        new FilesApi(_volumes),
        new DirectoriesApi(_volumes, Options.DirectoryPage),
        new JobsApi(_jobs, Options.MaxConcurrentRuns),
        new RunsApi(_jobs, new RunShapes(this)),
        new ServingApi(Serving, Options.ServingLatency),
        new WarehousesApi(_warehouse),
        new StatementsApi(_statements, _warehouse, Options),
        new CatalogApi(_statements, _volumes),
    ];

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
        // Requests that are left hanging on purpose would hold a graceful stop up.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _jobs.DisposeAsync();
        await _statements.DisposeAsync();
        foreach (var api in _apis.OfType<IAsyncDisposable>()) await api.DisposeAsync();
        await _app.DisposeAsync();
        if (_ownsFolder) Directory.Delete(Folder, recursive: true);
        if (Options.RefuseUnknownRoutes && _unknown.Asked.Count > 0)
            throw new InvalidOperationException($"The workspace was asked for what it does not have: {string.Join(", ", _unknown.Asked)}");
    }

    private static WebApplication Build(FakeDatabricksOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Listen(IPAddress.Loopback, options.Port);
            server.Limits.MaxRequestBodySize = null;
        });
        builder.Services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        return builder.Build();
    }
}
