using System.Collections.Concurrent;
using System.Threading.Channels;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets.RunGeneration;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Infrastructure.Configuration;
using Mirion.Generation.Infrastructure.Local.Jobs;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local.Jobs;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class GenerationWorkerTests : IAsyncDisposable
{
    private readonly InMemoryTrainingSheetRepository _sheets = new();
    private readonly Runs _runs;
    private readonly ServiceProvider _services;
    private WorkspaceProvider _provider = WorkspaceProvider.Local;

    public GenerationWorkerTests()
    {
        _runs = new Runs(_sheets);
        _services = new ServiceCollection()
            .AddLogging()
            .AddScoped<IMediator, Mediator>()
            .AddTransient<ServiceFactory>(provider => provider.GetRequiredService)
            .AddSingleton<ITrainingSheetRepository>(_sheets)
            .AddSingleton<IRequestHandler<RunGenerationCommand, Result<TrainingSheet>>>(_runs)
            .AddSingleton<GenerationQueue>()
            .AddSingleton<IJobLauncher, BackgroundJobLauncher>()
            .AddGenerationWorker()
            .Configure<WorkspaceOptions>(options => options.Provider = _provider)
            .BuildServiceProvider(validateScopes: true);
    }

    private static CancellationToken None => CancellationToken.None;

    private IHostedService Worker => _services.GetServices<IHostedService>().Single();

    public async ValueTask DisposeAsync()
    {
        _runs.ReleaseAll();
        await Worker.StopAsync(None);
        await _services.DisposeAsync();
    }

    [Test]
    public async Task LaunchAsync_WhenTheWorkerRuns_GeneratesKeepingABrokenOffSheetGenerating()
    {
        await Worker.StartAsync(None);
        await AddAsync("a");

        var run = await LaunchAsync("a");

        Assert.That(run, Is.EqualTo("local-a"));
        Assert.That(await _runs.StartedAsync(), Is.EqualTo(new RunGenerationCommand(new TrainingSheetId("a"), KeepGenerating: true)));
    }

    [Test]
    public async Task LaunchAsync_WhenLaunchedTwice_GeneratesOnce()
    {
        await AddAsync("a", "b");
        await LaunchAsync("a");
        await LaunchAsync("a");
        await Worker.StartAsync(None);
        await _runs.StartedAsync(2);

        await LaunchAsync("a");
        _runs.ReleaseAll();
        await _runs.EndedAsync(2);

        await AddAsync("last");
        await LaunchAsync("last");
        Assert.That((await _runs.StartedAsync()).Id.Value, Is.EqualTo("last"));
        Assert.That(_runs.All, Is.EquivalentTo(new[] { "a", "b", "last" }));
    }

    [Test]
    public async Task LaunchAsync_WhenTheSheetIsGeneratingAgainBeforeItsRunEnded_GeneratesItAgain()
    {
        await AddAsync("a");
        await Worker.StartAsync(None);
        await _runs.StartedAsync();
        _runs.LeavesGenerating = true;

        await LaunchAsync("a");
        _runs.Release();

        Assert.That((await _runs.StartedAsync()).Id.Value, Is.EqualTo("a"));
    }

    [Test]
    public async Task StartAsync_WhenSheetsWereLeftGenerating_GoesOnWithThem()
    {
        await AddAsync("a", "b");
        await _sheets.AddAsync(TrainingSheetBuilder.Generating("failed").FailedWith(), None);

        await Worker.StartAsync(None);
        await _runs.StartedAsync(2);

        Assert.That(_runs.All, Is.EquivalentTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task StartAsync_WhenTheWorkspaceRunsJobsItself_TakesUpNothing()
    {
        _provider = WorkspaceProvider.Databricks;
        await AddAsync("a");

        await Worker.StartAsync(None);
        await ((BackgroundService)Worker).ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.That(_runs.All, Is.Empty);
    }

    [Test]
    public async Task LaunchAsync_WhenManyAreLaunched_GeneratesFourAtOnceAndAllInTheEnd()
    {
        await AddAsync([.. Enumerable.Range(0, 10).Select(i => $"s{i}")]);
        await Worker.StartAsync(None);
        await _runs.StartedAsync(4);
        Assert.That(_runs.MostAtOnce, Is.EqualTo(4));

        _runs.ReleaseAll();
        await _runs.EndedAsync(10);

        Assert.That(_runs.MostAtOnce, Is.EqualTo(4));
        Assert.That(_runs.All, Is.Unique.And.Exactly(10).Items);
    }

    [Test]
    public async Task LaunchAsync_WhenARunBreaksDown_GoesOnWithTheNext()
    {
        _runs.Fails = "a";
        await AddAsync("a");
        await Worker.StartAsync(None);
        await _runs.StartedAsync();

        await AddAsync("b");
        await LaunchAsync("b");

        Assert.That((await _runs.StartedAsync()).Id.Value, Is.EqualTo("b"));
    }

    [Test]
    public async Task StopAsync_WhenARunIsAtWork_CancelsItAndWaitsForIt()
    {
        await AddAsync("a");
        await Worker.StartAsync(None);
        await _runs.StartedAsync();

        await Worker.StopAsync(None);

        Assert.That(_runs.Cancelled, Is.EqualTo(new[] { "a" }));
        Assert.That(await _sheets.ListGeneratingAsync(None), Has.Count.EqualTo(1));
    }

    private async Task AddAsync(params IEnumerable<string> ids)
    {
        foreach (var id in ids) await _sheets.AddAsync(TrainingSheetBuilder.Generating(id), None);
    }

    private Task<string> LaunchAsync(string id) => _services.GetRequiredService<IJobLauncher>().LaunchAsync(new TrainingSheetId(id), after: null, None);

    /// <summary>Generations that go on until they are released, and then complete their training sheet.</summary>
    private sealed class Runs(InMemoryTrainingSheetRepository sheets) : IRequestHandler<RunGenerationCommand, Result<TrainingSheet>>
    {
        private readonly Channel<RunGenerationCommand> _started = Channel.CreateUnbounded<RunGenerationCommand>();
        private readonly Channel<string> _ended = Channel.CreateUnbounded<string>();
        private readonly SemaphoreSlim _released = new(0);
        private readonly ConcurrentQueue<string> _all = new();
        private readonly Lock _counting = new();
        private int _atWork;

        public IEnumerable<string> All => _all;

        public ConcurrentQueue<string> Cancelled { get; } = new();

        public int MostAtOnce { get; private set; }

        public bool LeavesGenerating { get; set; }

        public string? Fails { get; set; }

        public async Task<Result<TrainingSheet>> Handle(RunGenerationCommand request, CancellationToken cancellationToken)
        {
            lock (_counting) MostAtOnce = Math.Max(MostAtOnce, ++_atWork);
            _all.Enqueue(request.Id.Value);
            _started.Writer.TryWrite(request);
            try
            {
                if (request.Id.Value == Fails) throw new IOException("broken down");
                await _released.WaitAsync(cancellationToken);
                var done = (await sheets.FindAsync(request.Id, cancellationToken))!.Completed();
                if (!LeavesGenerating) await sheets.SaveAsync(done, cancellationToken);
                return done;
            }
            catch (OperationCanceledException)
            {
                Cancelled.Enqueue(request.Id.Value);
                throw;
            }
            finally
            {
                lock (_counting) _atWork--;
                _ended.Writer.TryWrite(request.Id.Value);
            }
        }

        public void Release() => _released.Release();

        public void ReleaseAll() => _released.Release(1_000);

        public Task<RunGenerationCommand> StartedAsync() => NextAsync(_started);

        public async Task StartedAsync(int count)
        {
            for (var i = 0; i < count; i++) await NextAsync(_started);
        }

        public async Task EndedAsync(int count)
        {
            for (var i = 0; i < count; i++) await NextAsync(_ended);
        }

        // A run that never comes fails the test instead of holding it up.
        private static Task<T> NextAsync<T>(Channel<T> channel) => channel.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
    }
}
