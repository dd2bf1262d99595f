using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Api.IntegrationTests.Harness;

/// <summary>Every port in memory, with a clock that stands still, for tests of the API alone.</summary>
internal sealed class FakePorts : IWorkspace, IJobLauncher, ICurrentUser
{
    public InMemorySheetRepository Sheets { get; private set; } = new();

    public InMemoryPromptTemplateRepository Templates { get; private set; } = new();

    public InMemoryCanonicalLabelRepository Labels { get; private set; } = new();

    public InMemoryTrainingSheetRepository Store { get; private set; } = new();

    public InMemorySheetSource Source { get; private set; } = new();

    public FakeFoundationModel Model { get; private set; } = new();

    public FakeTimeProvider Clock { get; } = new(Times.Start);

    public string Name => Bug is null ? "ml.engineer" : throw Bug;

    public string? AccessToken => null;

    /// <summary>Where the run of every job stands.</summary>
    public JobRun JobRun { get; set; } = new(JobRunState.Active);

    /// <summary>What launching a job throws.</summary>
    public UpstreamException? LaunchFailure { get; set; }

    /// <summary>What asking for the user throws: a bug.</summary>
    public Exception? Bug { get; set; }

    /// <summary>What pinging the workspace throws.</summary>
    public UpstreamException? PingFailure { get; set; }

    /// <summary>Empties every port and sets the clock back. A host asks for ports anew at each request, so it need not be started again.</summary>
    public void Clear()
    {
        (Sheets, Templates, Labels, Store, Source, Model) = (new(), new(), new(), new(), new(), new());
        Labels.TrainingSheets = Store;
        (LaunchFailure, Bug, PingFailure) = (null, null, null);
        Clock.AdjustTime(Times.Start);
    }

    /// <summary>Puts these ports behind a host.</summary>
    public void Register(IServiceCollection services)
    {
        // Jobs are launched, and that is all.
        services.Remove(services.Single(service => service.ImplementationType?.Name == "GenerationWorker"));
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IWorkspace>(this);
        services.AddSingleton<IJobLauncher>(this);
        services.AddSingleton<ICurrentUser>(this);
        services.AddTransient<ISheetRepository>(_ => Sheets);
        services.AddTransient<IPromptTemplateRepository>(_ => Templates);
        services.AddTransient<ICanonicalLabelRepository>(_ => Labels);
        services.AddTransient<ITrainingSheetRepository>(_ => Store);
        services.AddTransient<IQAPairRepository>(_ => new InMemoryQAPairRepository(Store));
        services.AddTransient<IPairReviewRepository>(_ => new InMemoryPairReviewRepository(Store, Labels));
        services.AddTransient<ISheetSource>(_ => Source);
        services.AddTransient<IFoundationModel>(_ => Model);
    }

    public Task<WorkspacePreparation> PrepareAsync(CancellationToken cancellationToken) => Task.FromResult(new WorkspacePreparation("memory", 1, 1, false));

    public Task PingAsync(CancellationToken cancellationToken) => PingFailure is null ? Task.CompletedTask : throw PingFailure;

    public Task<WorkspacePreparation> MigrateAsync(CancellationToken cancellationToken) => PrepareAsync(cancellationToken);

    public IAsyncEnumerable<WorkspaceCheck> ExamineAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<WorkspaceCheck>();

    public Task<string> LaunchAsync(TrainingSheetId id, string? after, CancellationToken cancellationToken) =>
        LaunchFailure is null ? Task.FromResult($"run-of-{id}") : throw LaunchFailure;

    public Task<JobRun?> FindAsync(string jobRunId, CancellationToken cancellationToken) => Task.FromResult<JobRun?>(JobRun);

    public Task CancelAsync(string jobRunId, CancellationToken cancellationToken) => Task.CompletedTask;
}
