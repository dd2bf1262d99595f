using System.Collections.Concurrent;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets.Generate;
using Mirion.Generation.Application.TrainingSheets.RunGeneration;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Application.UnitTests;

/// <summary>The whole application over ports in memory, with one sheet, one template, a clock and a model that a test sets up.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    public const string User = "ml.engineer";

    private readonly List<IReadOnlyDictionary<string, object?>> _rows = [];
    private readonly ServiceProvider _provider;

    public Workbench(
        Sheet? sheet = null,
        PromptTemplate? template = null,
        Action<GenerationOptions>? options = null,
        int maxConcurrency = 8,
        FakeFoundationModel? model = null,
        InMemoryTrainingSheetRepository? store = null,
        InMemorySheetSource? source = null,
        InMemoryAnswerJournal? journal = null,
        InMemoryCanonicalLabelRepository? labels = null,
        FakeTimeProvider? clock = null)
    {
        (Store, Source, Journal, Labels, Clock) = (store ?? new(), source ?? new(), journal ?? new(), labels ?? new(), clock ?? new(Times.Start));
        Labels.TrainingSheets ??= Store;
        Sheet = sheet ?? SheetBuilder.Table();
        Template = template ?? TemplateBuilder.Template();
        Model = model ?? new FakeFoundationModel();
        Sheets = new InMemorySheetRepository(Sheet);
        Templates = new InMemoryPromptTemplateRepository(Template);
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<ILoggerProvider>(Log);
        services.AddSingleton<TimeProvider>(Clock);
        services.AddApplication();
        services.Configure<GenerationOptions>(generation =>
        {
            generation.AsyncThreshold = int.MaxValue;
            // The clock stands still: nobody would wait for it to pass.
            generation.DrainSeconds = 0;
            options?.Invoke(generation);
        });
        services.Configure<ModelCallOptions>(calls => calls.MaxConcurrency = maxConcurrency);
        services.AddSingleton<ISheetSource>(Source);
        services.AddSingleton<ISheetRepository>(Sheets);
        services.AddSingleton<IPromptTemplateRepository>(Templates);
        services.AddSingleton<ICanonicalLabelRepository>(Labels);
        services.AddSingleton<ITrainingSheetRepository>(provider => TrainingSheetsPort ?? Store);
        services.AddSingleton<IQAPairRepository>(new InMemoryQAPairRepository(Store));
        services.AddSingleton<IPairReviewRepository>(provider => ReviewsPort ?? new InMemoryPairReviewRepository(Store, Labels));
        services.AddSingleton<IFoundationModel>(Model);
        services.AddSingleton<IAnswerJournal>(Journal);
        services.AddSingleton<IJobLauncher>(Launcher);
        services.AddSingleton<ICurrentUser>(new NamedUser(User));
        _provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    /// <summary>What was logged at warning and above.</summary>
    public WarningLog Log { get; } = new();

    public FakeTimeProvider Clock { get; }

    public Sheet Sheet { get; }

    public PromptTemplate Template { get; }

    public InMemorySheetSource Source { get; }

    public InMemorySheetRepository Sheets { get; }

    public InMemoryPromptTemplateRepository Templates { get; }

    public InMemoryCanonicalLabelRepository Labels { get; }

    public InMemoryTrainingSheetRepository Store { get; }

    /// <summary>What stands before <see cref="Store"/>, for a test that wants it to fail; set before the first command.</summary>
    public ITrainingSheetRepository? TrainingSheetsPort { get; set; }

    /// <summary>What stands before the storing of decisions; set before the first command.</summary>
    public IPairReviewRepository? ReviewsPort { get; set; }

    /// <summary>Answers that are paid for and not stored.</summary>
    public InMemoryAnswerJournal Journal { get; }

    public FakeFoundationModel Model { get; }

    public RecordingLauncher Launcher { get; } = new();

    /// <summary>Adds rows <c>item-000</c>, <c>item-001</c>, … whose <c>note</c> is <c>note 0</c>, <c>note 1</c>, ….</summary>
    public Workbench WithItems(int count, Func<int, object?>? note = null)
    {
        for (var i = 0; i < count; i++)
        {
            WithRow(Item(i), ("note", note is null ? $"note {i}" : note(i)));
        }

        return this;
    }

    public Workbench WithRow(string id, params IEnumerable<(string Column, object? Value)> cells)
    {
        var row = new Dictionary<string, object?>(StringComparer.Ordinal) { ["inspection_id"] = id };
        foreach (var (column, value) in cells) row[column] = value;
        _rows.Add(row);
        Source.AddTable(Sheet.Source.ToString()!, _rows);
        return this;
    }

    /// <summary>Labels these items <c>label of item-…</c>.</summary>
    public async Task<Workbench> WithLabelsAsync(IEnumerable<int> items, UsagePolicy? usage = null)
    {
        foreach (var item in items)
        {
            await Labels.UpsertAsync(LabelBuilder.Label(Item(item), $"label of {Item(item)}", usage: usage), CancellationToken.None);
        }

        return this;
    }

    public static string Item(int number) => $"item-{number:D3}";

    public async Task<TResponse> SendAsync<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken = default)
    {
        await using var scope = _provider.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellationToken);
    }

    public Task<Result<TrainingSheet>> GenerateAsync(
        GenerationConfig? config = null, string? key = null, IProgress<GenerationProgress>? progress = null, CancellationToken cancellationToken = default) =>
        SendAsync(new GenerateTrainingSheetCommand(Sheet.Id, Template.Id, config ?? new GenerationConfig(), null, key, progress), cancellationToken);

    public Task<Result<TrainingSheet>> RunAsync(TrainingSheetId id, bool keepGenerating = false, CancellationToken cancellationToken = default) =>
        SendAsync(new RunGenerationCommand(id, KeepGenerating: keepGenerating), cancellationToken);

    /// <summary>The pair of an item; there must be exactly one.</summary>
    public QAPairState PairOf(string item) => Store.Pairs.Single(pair => pair.State.ItemRef.Value == item).State;

    /// <summary>What must hold of every training sheet at any time: its counts are its pairs'.</summary>
    public async Task AssertCountsEqualPairsAsync(TrainingSheetId id)
    {
        var stored = (await Store.FindAsync(id, CancellationToken.None))!;
        Assert.That(stored.Tally, Is.EqualTo(PairTally.Of(Store.Pairs.Where(pair => pair.State.TrainingSheetId == id).Select(pair => pair.Status))));
    }

    /// <summary>The training sheet as it is stored.</summary>
    public async Task<TrainingSheet> StoredAsync(TrainingSheetId id) => (await Store.FindAsync(id, CancellationToken.None))!;

    /// <summary>A training sheet of five items that a job is to generate, and does not.</summary>
    public async Task<TrainingSheet> LaunchAsync() => (await WithItems(5).GenerateAsync(new GenerationConfig { Execution = ExecutionMode.Job })).Value;

    /// <summary>Another process over the same store, sheet and clock, with a model of its own.</summary>
    public Workbench Beside() => new(Sheet, Template, store: Store, source: Source, journal: Journal, labels: Labels, clock: Clock);

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    private sealed record NamedUser(string Name) : ICurrentUser
    {
        public string? AccessToken => null;
    }
}

/// <summary>A job launcher that only remembers what it was given.</summary>
internal sealed class RecordingLauncher : IJobLauncher
{
    public List<TrainingSheetId> Launched { get; } = [];

    public UpstreamException? Failure { get; set; }

    /// <summary>The run that whoever asks is told of.</summary>
    public JobRun? Run { get; set; } = new(JobRunState.Active);

    public List<string> Cancelled { get; } = [];

    /// <summary>The runs that launches were to go on from.</summary>
    public List<string?> Afters { get; } = [];

    /// <summary>The runs that were asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What happens in the world while a run is launched.</summary>
    public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

    public async Task<string> LaunchAsync(TrainingSheetId id, string? after, CancellationToken cancellationToken)
    {
        if (Failure is not null) throw Failure;
        await Meanwhile();
        Launched.Add(id);
        Afters.Add(after);
        return after is null ? $"run-of-{id}" : $"after-{after}";
    }

    public async Task<JobRun?> FindAsync(string jobRunId, CancellationToken cancellationToken)
    {
        Asked.Enqueue(jobRunId);
        if (Failure is not null) throw Failure;
        await Meanwhile();
        return Run;
    }

    public Task CancelAsync(string jobRunId, CancellationToken cancellationToken)
    {
        if (Failure is not null) throw Failure;
        Cancelled.Add(jobRunId);
        return Task.CompletedTask;
    }
}
