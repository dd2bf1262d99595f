using System.Text;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Infrastructure.Local;
using Mirion.Generation.Infrastructure.Local.Sample;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local.Sources;

[TestFixture]
public sealed class SampleSeederTests
{
    private static readonly SheetId SheetId = new("boards");

    private string _sample = null!;
    private LocalFiles _files = null!;
    private InMemorySheetRepository _sheets = null!;
    private InMemoryPromptTemplateRepository _templates = null!;
    private InMemoryCanonicalLabelRepository _labels = null!;

    [SetUp]
    public void Start()
    {
        _sample = Directory.CreateTempSubdirectory("mirion-sample-").FullName;
        _files = new LocalFiles();
        (_sheets, _templates, _labels) = (new(), new(), new());
        Place("tables/demo/lab/boards.csv", "id,notes\n1,a\n2,b\n");
        Place("Volumes/demo/lab/pictures/day 1/1.png", "picture");
        Place("sheet.json", """{"id": "boards", "source_type": "uc_table", "source_table": "demo.lab.boards", "item_id_column": "id", "text_columns": ["notes"]}""");
        Place("template.json", """{"id": "triage", "label_type": "defect", "user_prompt_template": "{{notes}}", "temperature": 0}""");
        Place("labels.jsonl", """
            {"sheet_id": "boards", "item_ref": "1", "label_type": "defect", "label_data": "none", "labeled_by": "eva@example.com", "labeled_at": "2026-03-09T08:16:04Z"}
            {"sheet_id": "boards", "item_ref": "2", "label_type": "defect", "label_data": {"defect": "bridge"}, "confidence": "low", "labeled_by": "eva@example.com", "labeled_at": "2026-03-09T08:16:05Z"}
            """);
    }

    [TearDown]
    public async Task StopAsync()
    {
        Directory.Delete(_sample, recursive: true);
        await _files.DisposeAsync();
    }

    [Test]
    public async Task SeedAsync_WhenTheWorkspaceIsNew_PutsEverythingIn()
    {
        await SeedAsync();

        var sheet = (await _sheets.FindAsync(SheetId, CancellationToken.None))!;
        var items = await _files.ItemsAsync(sheet, "notes");
        Assert.That(items.Select(item => (item.Ref.Value, item.Values["notes"])), Is.EqualTo(new[] { ("1", (object)"a"), ("2", "b") }));
        Assert.That(await File.ReadAllTextAsync(_files.PathOf("Volumes/demo/lab/pictures/day 1/1.png")), Is.EqualTo("picture"));
        Assert.That((await _templates.FindAsync(new TemplateId("triage"), CancellationToken.None))!.UserPromptTemplate, Is.EqualTo("{{notes}}"));
        var label = (await FindLabelAsync("2"))!;
        Assert.That((label.Data.Json, label.Confidence, label.LabeledBy, label.Version), Is.EqualTo(("{\"defect\":\"bridge\"}", Confidence.Low, "eva@example.com", 1)));
        Assert.That(await _labels.CountAsync(SheetId, new LabelType("defect"), CancellationToken.None), Is.EqualTo(2));
    }

    [Test]
    public async Task SeedAsync_WhenSomethingIsThere_LeavesItAsItIs()
    {
        _files.Write("csv", "id,notes\n9,mine\n"u8.ToArray(), "demo.lab.boards");
        _files.WriteFile("/Volumes/demo/lab/pictures/day 1/1.png", "mine"u8.ToArray());
        await _sheets.AddAsync(SheetBuilder.Table("boards", name: "mine"), CancellationToken.None);
        await _labels.UpsertAsync(LabelBuilder.Label("1", "mine", "boards", "defect"), CancellationToken.None);

        await SeedAsync();

        Assert.That((await _sheets.FindAsync(SheetId, CancellationToken.None))!.Name, Is.EqualTo("mine"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_files.Root, "tables/demo/lab/boards.csv")), Does.Contain("mine"));
        Assert.That(await File.ReadAllTextAsync(_files.PathOf("Volumes/demo/lab/pictures/day 1/1.png")), Is.EqualTo("mine"));
        Assert.That(((await FindLabelAsync("1"))!.Data.Answer, (await FindLabelAsync("1"))!.Version), Is.EqualTo(("mine", 1)));
        Assert.That(await FindLabelAsync("2"), Is.Not.Null);
    }

    [TestCase("jsonl", "{\"id\":\"9\",\"notes\":\"mine\"}\n", new[] { "9" })]
    [TestCase("md", "about the boards", new[] { "1", "2" })]
    public async Task SeedAsync_WhenAFileOfTheTablesNameIsThere_AddsNoSecondTable(string extension, string text, string[] expected)
    {
        _files.Write(extension, Encoding.UTF8.GetBytes(text), "demo.lab.boards");

        await SeedAsync();

        var items = await _files.ItemsAsync((await _sheets.FindAsync(SheetId, CancellationToken.None))!, "notes");
        Assert.That(items.Select(item => item.Ref.Value), Is.EqualTo(expected));
    }

    [Test]
    public async Task SeedAsync_WhenAnEarlierAttemptBrokeOff_CompletesItAndLeavesNothingBehind()
    {
        await SeedAsync();
        File.Delete(_files.PathOf("Volumes/demo/lab/pictures/day 1/1.png"));
        _files.WriteFile("/Volumes/demo/lab/pictures/day 1/.1.png.part", "pic"u8.ToArray());
        _labels = new InMemoryCanonicalLabelRepository();

        await SeedAsync();

        var copied = Directory.GetFiles(_files.PathOf("Volumes"), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });
        Assert.That(copied.Select(Path.GetFileName), Is.EqualTo(new[] { "1.png" }));
        Assert.That(await _labels.CountAsync(SheetId, new LabelType("defect"), CancellationToken.None), Is.EqualTo(2));
    }

    [Test]
    public async Task SeedAsync_WhenTheSampleIsTheOneThatShips_ItsSheetCanBeRead()
    {
        await SeedAsync(SampleFolder.Shipped);

        var sheet = (await _sheets.FindAsync(new SheetId("pcb-inspections"), CancellationToken.None))!;
        var census = (await _files.Source.TakeCensusAsync(sheet, CancellationToken.None)).Value;
        var items = await _files.ItemsAsync(sheet, [.. sheet.NamedColumns]);
        Assert.That(items, Has.Count.EqualTo(census.Items).And.Count.GreaterThan(10));
        var labels = new List<CanonicalLabel>();
        await foreach (var label in _labels.StreamAsync(sheet.Id, new LabelType("defect_classification"), CancellationToken.None)) labels.Add(label);
        Assert.That(labels.Select(label => label.Key.ItemRef), Is.Not.Empty.And.SubsetOf(items.Select(item => item.Ref)));
        foreach (var path in items.Select(item => item.Values["image_path"]).OfType<string>())
        {
            var file = await _files.Source.ReadFileAsync(VolumePath.Parse(path).Value, 10_000_000, CancellationToken.None);
            Assert.That(file.Value.File.IsImage, path);
        }
    }

    private void Place(string path, string text)
    {
        var file = Path.Combine(_sample, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private Task SeedAsync(SampleFolder? folder = null) =>
        new SampleSeeder(folder ?? new SampleFolder(_sample), new WorkspaceFolder(_files.Root), _sheets, _templates, _labels, TimeProvider.System)
            .SeedAsync(CancellationToken.None);

    private Task<CanonicalLabel?> FindLabelAsync(string item) =>
        _labels.FindAsync(new CanonicalLabelKey(SheetId, new ItemRef(item), new LabelType("defect")).ToId(), CancellationToken.None);
}
