using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local.Sample;

public sealed class ShippedSampleTests
{
    private static readonly SheetId Inspections = new("pcb-inspections");
    private static readonly LabelType LabelType = new("defect_classification");
    private string _folder = null!;

    private string Table => Path.Combine(_folder, "tables", "demo", "manufacturing", "pcb_inspections.csv");

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("sample-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Prepare_WhenTheWorkspaceIsNew_SeedsASampleThatFitsTogether()
    {
        await using var host = Host();

        var preparation = await host.GetRequiredService<IWorkspace>().PrepareAsync(CancellationToken.None);

        var sheet = (await host.GetRequiredService<ISheetRepository>().FindAsync(Inspections, CancellationToken.None))!;
        var census = await host.GetRequiredService<ISheetSource>().TakeCensusAsync(sheet, CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(preparation.SampleSeeded);
            Assert.That(census.Value.Items, Is.EqualTo(60));
            Assert.That(await host.GetRequiredService<IPromptTemplateRepository>().FindAsync(new TemplateId("pcb-defect-triage"), CancellationToken.None), Is.Not.Null);
            Assert.That(await host.GetRequiredService<ICanonicalLabelRepository>().CountAsync(Inspections, LabelType, CancellationToken.None), Is.EqualTo(15));
            Assert.That(Directory.GetFiles(Path.Combine(_folder, "Volumes"), "*.png", SearchOption.AllDirectories), Has.Length.EqualTo(60));
        }
    }

    [Test]
    public async Task Prepare_WhenTheUserHasATableOfThatName_LeavesItAlone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Table)!);
        await File.WriteAllTextAsync(Table, "inspection_id\nmine\n");
        await using var host = Host();

        await host.GetRequiredService<IWorkspace>().PrepareAsync(CancellationToken.None);

        Assert.That(await File.ReadAllTextAsync(Table), Is.EqualTo("inspection_id\nmine\n"));
    }

    [Test]
    public async Task Prepare_WhenTheUserDeletedTheSample_DoesNotBringItBack()
    {
        await using (var first = Host())
        {
            await first.GetRequiredService<IWorkspace>().PrepareAsync(CancellationToken.None);
            await first.GetRequiredService<ISheetRepository>().DeleteAsync(Inspections, CancellationToken.None);
            File.Delete(Table);
        }

        await using var second = Host();
        var preparation = await second.GetRequiredService<IWorkspace>().PrepareAsync(CancellationToken.None);

        Assert.That((preparation.SampleSeeded, File.Exists(Table)), Is.EqualTo((false, false)));
        Assert.That(await second.GetRequiredService<ISheetRepository>().FindAsync(Inspections, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Prepare_WhenTheSampleIsNotWanted_SeedsNothing()
    {
        await using var host = Host(seed: false);

        Assert.That((await host.GetRequiredService<IWorkspace>().PrepareAsync(CancellationToken.None)).SampleSeeded, Is.False);
        Assert.That(File.Exists(Table), Is.False);
    }

    private ServiceProvider Host(bool seed = true)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Workspace:Local:Path"] = _folder,
            ["Workspace:Local:SeedSample"] = seed ? "true" : "false",
        }).Build();
        return new ServiceCollection().AddLogging().AddInfrastructure(configuration).BuildServiceProvider();
    }
}
