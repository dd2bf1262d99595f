using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Application;
using Mirion.Generation.Application.Labels.Import;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.Sheets;
using Mirion.Generation.Application.Templates;
using Mirion.Generation.Application.TrainingSheets.Generate;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Infrastructure;

namespace Mirion.Generation.Benchmarks;

/// <summary>An embedded workspace of its own in a temporary folder, with one sheet of synthetic inspections and one template.</summary>
internal sealed class BenchWorkspace : IAsyncDisposable
{
    public const string Table = "bench.factory.inspections";
    public const string LabelType = "defect_classification";

    private static readonly SheetId Sheet = new("inspections");
    private static readonly TemplateId Template = new("triage");

    private readonly ServiceProvider _provider;

    private BenchWorkspace(string folder, ServiceProvider provider) => (Folder, _provider) = (folder, provider);

    public string Folder { get; }

    public string Csv => Path.Combine(Folder, "tables", "bench", "factory", "inspections.csv");

    public static async Task<BenchWorkspace> CreateAsync(int items, params IEnumerable<(string Key, string Value)> settings)
    {
        var folder = Directory.CreateTempSubdirectory("mirion-bench-").FullName;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings
            .Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))
            .Append(new("Workspace:Local:Path", folder))
            .Append(new("Workspace:Local:SeedSample", "false"))).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        services.AddApplication().AddInfrastructure(configuration).AddSingleton<ICurrentUser>(new BenchUser());
        var workspace = new BenchWorkspace(folder, services.BuildServiceProvider());
        await workspace.FillAsync(items);
        return workspace;
    }

    public async Task<T> SendAsync<T>(IRequest<Result<T>> request)
        where T : notnull
    {
        await using var scope = _provider.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request)).Value;
    }

    public Task<ImportCount> ImportAsync(IEnumerable<LabelRow> rows) => SendAsync(new ImportLabelsCommand(rows.ToAsyncEnumerable()));

    public Task<TrainingSheet> GenerateAsync() =>
        SendAsync(new GenerateTrainingSheetCommand(Sheet, Template, new GenerationConfig { Execution = ExecutionMode.Sync }));

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task FillAsync(int items)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Csv)!);
        await File.WriteAllLinesAsync(Csv, Enumerable.Range(0, items)
            .Select(i => $"INS-{i:D8},line-{i % 7},{i % 100 / 100.0},\"Pin {i % 48} of U{i % 9} shows residue, seen at station {i % 5}\"")
            .Prepend("inspection_id,line,score,notes"));
        await _provider.GetRequiredService<IWorkspace>().PrepareAsync(CancellationToken.None);
        await SendAsync(new CreateSheetCommand(new SheetDraft
        {
            Id = Sheet.Value, SourceType = "uc_table", SourceTable = Table, ItemIdColumn = "inspection_id",
        }));
        await SendAsync(new CreateTemplateCommand(new TemplateDraft
        {
            Id = Template.Value,
            LabelType = LabelType,
            BaseModel = "bench",
            MaxTokens = 64,
            SystemPrompt = "You classify board inspections.",
            UserPromptTemplate = "Line {{line}}, score {{score}}.\nNotes: {{notes}}\nWhich defect is it?",
        }));
    }

    private sealed class BenchUser : ICurrentUser
    {
        public string Name => "bench";

        public string? AccessToken => null;
    }
}
