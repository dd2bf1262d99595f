using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Cli.Output;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Cli.IntegrationTests.Hosting;

/// <summary>The command line over ports in memory, which keep what they hold from one command to the next.</summary>
internal sealed class InMemoryHost : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mirion-cli-");

    /// <summary>A host whose table has <paramref name="items"/> rows: item-01, item-02, ….</summary>
    public InMemoryHost(int items = 4)
    {
        Source = new InMemorySheetSource().AddTable(
            "factory.quality.inspections",
            Enumerable.Range(1, items).Select(number => new Dictionary<string, object?> { ["inspection_id"] = $"item-{number:00}", ["note"] = $"note {number}" }));
    }

    public FakeWorkspace Workspace { get; } = new();

    public FakeFoundationModel Model { get; } = new();

    public InMemorySheetSource Source { get; }

    public InMemorySheetRepository Sheets { get; } = new(SheetBuilder.Table());

    public InMemoryPromptTemplateRepository Templates { get; } = new(TemplateBuilder.Template());

    public InMemoryCanonicalLabelRepository Labels { get; } = new();

    public InMemoryTrainingSheetRepository TrainingSheets { get; } = new();

    /// <summary>Adds to what is registered.</summary>
    public Action<IServiceCollection, IConfiguration>? Configure { get; set; }

    /// <summary>Carries out a command.</summary>
    public Task<CliRun> RunAsync(params string[] args) => RunAsync(CancellationToken.None, args);

    /// <summary>Carries out a command that may be interrupted.</summary>
    public async Task<CliRun> RunAsync(CancellationToken interruption, params string[] args)
    {
        await using StringWriter results = new(), messages = new();
        var code = await new CliApplication(new CliOutput(results, TextWriter.Synchronized(messages)), AddPorts).RunAsync(args, interruption);
        return new CliRun(code, results.ToString(), messages.ToString());
    }

    /// <summary>Writes a file and answers with its path.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private IServiceCollection AddPorts(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IWorkspace>(Workspace);
        services.AddSingleton<IFoundationModel>(Model);
        services.AddSingleton<ISheetSource>(Source);
        services.AddSingleton<ISheetRepository>(Sheets);
        services.AddSingleton<IPromptTemplateRepository>(Templates);
        services.AddSingleton<ICanonicalLabelRepository>(Labels);
        services.AddSingleton<ITrainingSheetRepository>(TrainingSheets);
        services.AddSingleton<IQAPairRepository>(new InMemoryQAPairRepository(TrainingSheets));
        services.AddSingleton<IPairReviewRepository>(new InMemoryPairReviewRepository(TrainingSheets, Labels));
        services.AddSingleton<IJobLauncher>(new NoJobs());
        Configure?.Invoke(services, configuration);
        return services;
    }

    private sealed class NoJobs : IJobLauncher
    {
        public Task<string> LaunchAsync(Domain.TrainingSheets.TrainingSheetId id, string? after, CancellationToken cancellationToken) => throw None();

        public Task<JobRun?> FindAsync(string jobRunId, CancellationToken cancellationToken) => throw None();

        public Task CancelAsync(string jobRunId, CancellationToken cancellationToken) => throw None();

        private static InvalidOperationException None() => new("The command line launches no job.");
    }
}
