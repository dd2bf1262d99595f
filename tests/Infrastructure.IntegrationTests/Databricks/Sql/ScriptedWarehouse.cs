using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Configuration;
using Mirion.Generation.Infrastructure.Databricks;
using Mirion.Generation.Infrastructure.Databricks.Sql;
using Mirion.Generation.Infrastructure.IntegrationTests.Models;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql;

/// <summary>The warehouse of the real registration, over answers that a test spells out: for what no workspace can be made to say at a wish.</summary>
internal sealed class ScriptedWarehouse : HttpMessageHandler, ICurrentUser, IAsyncDisposable
{
    public const string Submit = "POST /api/2.0/sql/statements";
    public const string Poll = "GET /api/2.0/sql/statements/01-x";
    public const string Cancel = "POST /api/2.0/sql/statements/01-x/cancel";

    private readonly ServiceProvider _services;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<CancellationToken, Task<HttpResponseMessage>>>> _answers = new();
    private readonly ConcurrentQueue<ScriptedCall> _calls = new();

    public ScriptedWarehouse(TimeProvider? clock = null)
    {
        Clock = clock ?? new SkippingClock(TimeSpan.FromSeconds(100));
        var settings = new Dictionary<string, string?>
        {
            ["Workspace:Provider"] = "Databricks",
            ["Workspace:Databricks:Host"] = "http://localhost:1",
            ["Workspace:Databricks:Token"] = "program-token",
            ["Workspace:Databricks:WarehouseId"] = "w1",
            ["Workspace:Databricks:Catalog"] = "main",
            ["Workspace:Databricks:Schema"] = "gen",
            ["Workspace:Databricks:StagingVolume"] = "/Volumes/main/gen/staging",
            ["Workspace:Databricks:StatementTimeoutSeconds"] = "60",
        };
        var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs))
            .AddSingleton(Clock)
            .AddSingleton<ICurrentUser>(this)
            .AddDatabricksWorkspace(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddReadOptions<WorkspaceOptions>(new ConfigurationBuilder().Build().GetSection("none"));
        services.ConfigureAll<HttpClientFactoryOptions>(options => options.HttpMessageHandlerBuilderActions.Add(builder => builder.PrimaryHandler = this));
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public TimeProvider Clock { get; }

    public RecordedLogs Logs { get; } = new();

    public Warehouse Warehouse => _services.GetRequiredService<Warehouse>();

    public string Name => "a user";

    public string? AccessToken { get; set; }

    /// <summary>What was asked, in order.</summary>
    public IReadOnlyList<ScriptedCall> Calls => [.. _calls];

    /// <summary>Answers the next call of <paramref name="call"/>, which no other answer is left for, with JSON.</summary>
    public ScriptedWarehouse Answer(string call, string json, HttpStatusCode status = HttpStatusCode.OK) => Answer(call, _ => Task.FromResult(Json(json, status)));

    /// <summary>Answers the next call of <paramref name="call"/>.</summary>
    public ScriptedWarehouse Answer(string call, Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers.GetOrAdd(call, _ => new()).Enqueue(answer);
        return this;
    }

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    async ValueTask IAsyncDisposable.DisposeAsync() => await _services.DisposeAsync();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var key = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        _calls.Enqueue(new ScriptedCall(key, body, request.Headers.Authorization, request.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value))));
        return _answers.TryGetValue(key, out var answers) && answers.TryDequeue(out var answer)
            ? await answer(cancellationToken)
            : throw new InvalidOperationException($"Nothing is scripted for {key}.");
    }
}

internal sealed record ScriptedCall(string Call, string Body, AuthenticationHeaderValue? Authorization, IReadOnlyDictionary<string, string> Headers);
