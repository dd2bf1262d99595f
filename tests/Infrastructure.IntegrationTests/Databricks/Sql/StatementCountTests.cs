using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets.Generate;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql;

/// <summary>How much of a warehouse a generation takes: every statement costs seconds, and every commit a file.</summary>
[TestFixture]
public sealed class StatementCountTests
{
    private const int Items = 10_000;

    /// <summary>What reading the source itself may take of the thirty statements that ten thousand items have.</summary>
    private const int Source = 8;

    [Test]
    public async Task Generate_WhenThereAreTenThousandItems_TakesFewStatements()
    {
        var sheet = SheetBuilder.Table();
        var template = TemplateBuilder.Template();
        var source = new InMemorySheetSource().AddTable(sheet.Source.ToString()!, Enumerable.Range(0, Items).Select(Row));
        await using var workspace = await FakeDatabricksWorkspace.StartAsync();
        await using var host = new StoreHost(
            workspace, more: services => services.AddApplication().AddSingleton<ISheetSource>(source).AddSingleton<IFoundationModel>(new FakeFoundationModel()));
        await host.Get<IWorkspace>().MigrateAsync(CancellationToken.None);
        await host.Get<ISheetRepository>().AddAsync(sheet, CancellationToken.None);
        await host.Get<IPromptTemplateRepository>().AddAsync(template, CancellationToken.None);
        await host.Get<ICanonicalLabelRepository>().UpsertAsync(LabelBuilder.Label("item-00007"), CancellationToken.None);
        var before = workspace.Statements.Count;

        await using var scope = host.Scope();
        var generated = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(
            new GenerateTrainingSheetCommand(sheet.Id, template.Id, new GenerationConfig { Execution = ExecutionMode.Sync }));

        var taken = workspace.Statements.Skip(before).GroupBy(statement => statement.Text[..12]).Select(kind => $"{kind.Key}… {kind.Count()}").ToList();
        await TestContext.Out.WriteLineAsync(string.Join(", ", taken));
        Assert.That((generated.Value.Tally.Labeled, generated.Value.Tally.Unlabeled), Is.EqualTo((1, Items - 1)));
        Assert.That(workspace.Statements.Count - before, Is.LessThanOrEqualTo(30 - Source), string.Join(", ", taken));
        Assert.That(await host.Get<IQAPairRepository>().TallyAsync(generated.Value.Id, CancellationToken.None), Is.EqualTo(generated.Value.Tally));
    }

    [Test]
    public async Task Options_WhenTheWorkspaceIsDatabricks_PreferFewStatementsUnlessSet()
    {
        await using var workspace = await FakeDatabricksWorkspace.StartAsync();
        await using var free = new StoreHost(workspace);
        await using var set = new StoreHost(workspace, settings: [("Generation:BatchSize", "700"), ("Generation:FlushSeconds", "1")]);

        var (chosen, given) = (free.Get<IOptions<GenerationOptions>>().Value, set.Get<IOptions<GenerationOptions>>().Value);
        Assert.That((chosen.PageSize, chosen.BatchSize, chosen.FlushSeconds), Is.EqualTo((2500, 2500, 30.0)));
        Assert.That((given.PageSize, given.BatchSize, given.FlushSeconds), Is.EqualTo((2500, 700, 1.0)));
    }

    private static Dictionary<string, object?> Row(int i) => new(StringComparer.Ordinal) { ["inspection_id"] = $"item-{i:d5}", ["note"] = $"note {i}" };
}
