using System.Text;
using System.Text.Json;
using Mirion.Generation.Application.Labels;
using Mirion.Generation.Application.Labels.Import;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Application.UnitTests.Labels;

/// <summary>A label matches the schema of a published template of its type, where one has a schema, or does not come in.</summary>
public sealed class LabelSchemaTests
{
    private const string Schema = """{"type":"object","properties":{"verdict":{"enum":["ok","defect"]}},"required":["verdict"]}""";

    [Test]
    public async Task Upsert_WhenTheLabelMatches_IsStored()
    {
        await using var bench = await BenchAsync(("a", "published", "classification", Schema));

        Assert.That((await bench.SendAsync(new UpsertLabelCommand(Draft("""{"verdict":"ok"}""")))).Error, Is.Null);
    }

    [Test]
    public async Task Upsert_WhenTheLabelDoesNotMatch_IsRefusedWithThePlaceAndNoData()
    {
        await using var bench = await BenchAsync(("a", "published", "classification", Schema));

        var error = (await bench.SendAsync(new UpsertLabelCommand(Draft("""{"verdict":"John Smith"}""")))).Error!;

        Assert.That((error.Kind, error.Code), Is.EqualTo((ErrorKind.Unprocessable, "label_schema_mismatch")));
        Assert.That(error.Fields["label_data"].Single(), Does.Contain("'a'").And.Contain("/verdict must be one of").And.Not.Contain("John"));
        Assert.That(await bench.Labels.CountAsync(bench.Sheet.Id, new LabelType("classification"), CancellationToken.None), Is.Zero);
    }

    [TestCase("draft", "classification", Schema)]
    [TestCase("archived", "classification", Schema)]
    [TestCase("published", "entities", Schema)]
    [TestCase("published", "classification", null)]
    public async Task Upsert_WhenNoSchemaCounts_TakesAnything(string status, string type, string? schema)
    {
        await using var bench = await BenchAsync(("a", status, type, schema));

        Assert.That((await bench.SendAsync(new UpsertLabelCommand(Draft("\"free words\"")))).Error, Is.Null);
    }

    [TestCase("""{"verdict":"ok"}""", null)]
    [TestCase("7", null)]
    [TestCase("\"words\"", "The label does not match the output_schema of the published template 'a': it is no JSON (line 1, byte 1). Nor does it match that of 'b'.")]
    public async Task Upsert_WhenSeveralTemplatesCount_NeedsToMatchOne(string label, string? told)
    {
        await using var bench = await BenchAsync(("a", "published", "classification", Schema), ("b", "published", "classification", """{"type":"integer"}"""), ("c", "published", "classification", null));

        var error = (await bench.SendAsync(new UpsertLabelCommand(Draft(label)))).Error;

        Assert.That(error?.Fields["label_data"].Single(), Is.EqualTo(told));
    }

    [Test]
    public async Task Upsert_WhenTheTemplatesFillMoreThanAPage_LooksAtAllOfThem()
    {
        var templates = Enumerable.Range(0, 120).Select(i => ($"t{i:d3}", "published", "classification", i == 119 ? """{"type":"boolean"}""" : $$"""{"type":"integer","minimum":{{i + 10}}}"""));
        await using var bench = await BenchAsync([.. templates.Select(template => (template.Item1, template.Item2, template.Item3, (string?)template.Item4))]);

        Assert.That((await bench.SendAsync(new UpsertLabelCommand(Draft("true")))).Error, Is.Null);
        Assert.That((await bench.SendAsync(new UpsertLabelCommand(Draft("1")))).Error?.Message, Does.EndWith("'t001', 't002', 't003', 't004', 't005', …."));
    }

    [TestCase("sheet_id,item_ref,label_type,label_data\ninspections,x,classification,\"{\"\"verdict\"\":\"\"ok\"\"}\"\ninspections,y,classification,maybe\n", true, 3)]
    [TestCase("""{"sheet_id":"inspections","item_ref":"x","label_type":"classification","label_data":{"verdict":"ok"}}""" + "\n" + """{"sheet_id":"inspections","item_ref":"y","label_type":"classification","label_data":{"verdict":"maybe"}}""", false, 2)]
    public async Task Import_WhenARowDoesNotMatch_StoresNoneAndNamesItsNumber(string file, bool csv, int row)
    {
        await using var bench = await BenchAsync(("a", "published", "classification", Schema));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(file));

        var error = (await bench.SendAsync(new ImportLabelsCommand(csv ? CsvLabelRows.From(stream) : LabelRows.FromJsonLines(stream)))).Error!;

        Assert.That((error.Kind, error.Code), Is.EqualTo((ErrorKind.Unprocessable, "label_schema_mismatch")));
        Assert.That(error.Fields.Keys, Is.EqualTo(new[] { $"rows[{row}].label_data" }));
        Assert.That(error.Message, Does.Not.Contain("maybe"));
        Assert.That(await bench.Labels.CountAsync(bench.Sheet.Id, new LabelType("classification"), CancellationToken.None), Is.Zero);
    }

    [Test]
    public async Task Import_WhenOtherRowsAreWrongOtherwise_IsInvalidAsAWhole()
    {
        await using var bench = await BenchAsync(("a", "published", "classification", Schema));

        var error = (await ImportAsync(bench, [new LabelRow(1, Draft("7", "x")), new LabelRow(2, null, "It is no JSON object.")])).Error!;

        Assert.That((error.Kind, error.Code), Is.EqualTo((ErrorKind.Invalid, "validation_failed")));
        Assert.That(error.Fields.Keys, Is.EquivalentTo(new[] { "rows[1].label_data", "rows[2].row" }));
    }

    [Test]
    public async Task Import_OfManyLabels_ReadsTheSchemasOnce()
    {
        await using var bench = await BenchAsync(("a", "published", "classification", Schema));
        var templates = new CountedTemplates(bench.Templates);
        var schemas = new LabelSchemas(templates);

        for (var i = 0; i < 3000; i++)
        {
            var label = LabelBuilder.OfJson(i % 3 == 0 ? "7" : """{"verdict":"ok"}""", $"item-{i}", labelType: i % 2 == 0 ? "classification" : "entities");
            Assert.That(await schemas.FaultOfAsync(label, CancellationToken.None) is null, Is.EqualTo(i % 3 != 0 || i % 2 != 0));
        }

        Assert.That(templates.Lists, Is.EqualTo(2), "once for each type");
    }

    private static async Task<Workbench> BenchAsync(params (string Id, string Status, string Type, string? Schema)[] templates)
    {
        var bench = new Workbench(template: TemplateBuilder.Template(status: "published"));
        foreach (var (id, status, type, schema) in templates)
        {
            Assert.That(await bench.Templates.AddAsync(TemplateBuilder.Template(id, status: status, labelType: type, outputSchema: schema), TemplateBuilder.Publication, CancellationToken.None));
        }

        return bench;
    }

    private static async Task<Result<ImportCount>> ImportAsync(Workbench bench, IEnumerable<LabelRow> rows) =>
        (await bench.SendAsync(new ImportLabelsCommand(rows.ToAsyncEnumerable()))).Map(report => report.Count);

    private static LabelDraft Draft(string json, string item = "item-1") => new()
    {
        SheetId = "inspections",
        ItemRef = item,
        LabelType = "classification",
        LabelData = JsonElement.Parse(json),
    };

    private sealed class CountedTemplates(IPromptTemplateRepository templates) : IPromptTemplateRepository
    {
        public int Lists { get; private set; }

        public Task<Application.Common.Page<Domain.Templates.PromptTemplate>> ListAsync(
            LabelType? labelType, Domain.Templates.TemplateStatus? status, Application.Common.PageRequest page, CancellationToken cancellationToken)
        {
            Lists++;
            return templates.ListAsync(labelType, status, page, cancellationToken);
        }

        public Task<Domain.Templates.PromptTemplate?> FindAsync(Domain.Templates.TemplateId id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> AddAsync(Domain.Templates.PromptTemplate template, Domain.Templates.Publication publication, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> ReplaceAsync(Domain.Templates.PromptTemplate template, Domain.Templates.Publication publication, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Domain.Templates.TemplateVersion?> FindVersionAsync(Domain.Templates.TemplateId id, int version, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Application.Common.Page<Domain.Templates.TemplateVersion>> ListVersionsAsync(
            Domain.Templates.TemplateId id, Application.Common.PageRequest page, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> DeleteAsync(Domain.Templates.TemplateId id, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
