using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Application;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Labels.Import;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.Sheets;
using Mirion.Generation.Application.Templates;
using Mirion.Generation.Application.TrainingSheets.Generate;
using Mirion.Generation.Application.TrainingSheets.RunGeneration;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Infrastructure;

namespace Mirion.Generation.Benchmarks.Workload;

/// <summary>The product over a workspace, as a host composes it.</summary>
internal sealed class BenchWorkspace : IAsyncDisposable
{
    public const string Table = "bench.factory.inspections";
    public const string LabelType = "defect_classification";

    public static readonly SheetId Sheet = new("inspections");
    public static readonly TemplateId Template = new("triage");

    private readonly ServiceProvider _provider;

    private BenchWorkspace(ServiceProvider provider) => _provider = provider;

    /// <summary>Settings of an embedded workspace, whose model is the endpoint at <paramref name="baseUrl"/> if there is one.</summary>
    public static IEnumerable<(string Key, string Value)> Settings(string folder, string? baseUrl) =>
    [
        ("Workspace:Local:Path", folder),
        ("Workspace:Local:SeedSample", "false"),
        .. baseUrl is null ? Array.Empty<(string, string)>() : [("FoundationModel:BaseUrl", baseUrl)],
    ];

    public static async Task<BenchWorkspace> OpenAsync(params IEnumerable<(string Key, string Value)> settings)
    {
        var workspace = Compose(settings);
        await workspace._provider.GetRequiredService<IWorkspace>().PrepareAsync(CancellationToken.None);
        return workspace;
    }

    /// <summary>The same where the tables are to be made first.</summary>
    public static async Task<BenchWorkspace> MigrateAsync(params IEnumerable<(string Key, string Value)> settings)
    {
        var workspace = Compose(settings);
        await workspace._provider.GetRequiredService<IWorkspace>().MigrateAsync(CancellationToken.None);
        return workspace;
    }

    public async Task<T> SendAsync<T>(IRequest<Result<T>> request)
        where T : notnull
    {
        await using var scope = _provider.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
        return result.TryGet(out var value, out var error) ? value : throw new InvalidOperationException($"{error.Code}: {error.Message}");
    }

    /// <summary>Defines the sheet and the template.</summary>
    public async Task DefineAsync()
    {
        await SendAsync(new CreateSheetCommand(new SheetDraft
        {
            Id = Sheet.Value, SourceType = "uc_table", SourceTable = Table, ItemIdColumn = "inspection_id",
        }));
        await SendAsync(new CreateTemplateCommand(new TemplateDraft
        {
            Id = Template.Value,
            LabelType = LabelType,
            BaseModel = Inspections.Model,
            MaxTokens = Inspections.MaxTokens,
            SystemPrompt = Inspections.SystemPrompt,
            UserPromptTemplate = Inspections.Template,
        }));
    }

    public Task<ImportReport> ImportAsync(IEnumerable<LabelRow> rows) => SendAsync(new ImportLabelsCommand(rows.ToAsyncEnumerable()));

    public Task<TrainingSheet> GenerateAsync(int? limit = null, IProgress<GenerationProgress>? progress = null) => SendAsync(
        new GenerateTrainingSheetCommand(Sheet, Template, new GenerationConfig { Execution = ExecutionMode.Sync, Limit = limit }, Progress: progress));

    public Task<TrainingSheet> ContinueAsync(string id, IProgress<GenerationProgress>? progress = null) =>
        SendAsync(new RunGenerationCommand(new TrainingSheetId(id), progress));

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    private static BenchWorkspace Compose(IEnumerable<(string Key, string Value)> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        services.AddApplication().AddInfrastructure(configuration).AddSingleton<ICurrentUser>(new BenchUser());
        return new BenchWorkspace(services.BuildServiceProvider());
    }

    private sealed class BenchUser : ICurrentUser
    {
        public string Name => "bench";

        public string? AccessToken => null;
    }
}
