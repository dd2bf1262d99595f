using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.TrainingSheets.Generate;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Application.UnitTests.TrainingSheets.Generate;

/// <summary>The whole request is checked before anything is stored or asked.</summary>
public sealed class GenerationRefusalTests
{
    [Test]
    public async Task Generate_WhenTheSheetIsUnknown_IsRefused() => await AssertRefusedAsync(
        new Workbench().WithItems(1),
        "sheet_not_found",
        bench => bench.SendAsync(new GenerateTrainingSheetCommand(new SheetId("nobody"), bench.Template.Id, new GenerationConfig())));

    [Test]
    public async Task Generate_WhenTheTemplateIsUnknown_IsRefused() => await AssertRefusedAsync(
        new Workbench().WithItems(1),
        "template_not_found",
        bench => bench.SendAsync(new GenerateTrainingSheetCommand(bench.Sheet.Id, new TemplateId("nobody"), new GenerationConfig())));

    [Test]
    public async Task Generate_WhenTheTemplateNamesAnUnknownColumn_SaysWhereAndWhatThereIs()
    {
        await using var bench = new Workbench(template: TemplateBuilder.Template(userPrompt: "Which?\n  {{nota}}")).WithItems(1);

        var error = (await bench.GenerateAsync()).Error!;

        Assert.That(error.Code, Is.EqualTo("template_variable_unknown"));
        Assert.That(error.Message, Does.Contain("nota").And.Contain("line 2, column").And.Contain("did you mean").And.Contain("note").And.Contain("inspection_id"));
    }

    [Test]
    public async Task Generate_WhenTheSourceIsGone_IsRefused() => await AssertRefusedAsync(new Workbench(), "source_not_found");

    [Test]
    public async Task Generate_WhenAnIdIsMissing_IsRefused() => await AssertRefusedAsync(new Workbench().WithRow("", ("note", "x")), "item_id_missing");

    [Test]
    public async Task Generate_WhenAnIdStandsTwice_IsRefused() =>
        await AssertRefusedAsync(new Workbench().WithRow("a", ("note", "x")).WithRow("a", ("note", "y")), "item_id_not_unique");

    [Test]
    public async Task Generate_WhenNoItemIsLeft_IsRefused()
    {
        var bench = new Workbench(SheetBuilder.Table(filter: "false")).WithItems(3);
        bench.Source.Understand("false", _ => false);
        await AssertRefusedAsync(bench, "sheet_empty");
    }

    [Test]
    public async Task Generate_WhenTheFilterIsNotUnderstood_IsRefused() =>
        await AssertRefusedAsync(new Workbench(SheetBuilder.Table(filter: "drop table x")).WithItems(3), "filter_invalid");

    [Test]
    public async Task Generate_WhenTheResponseColumnIsUnknown_IsRefused() => await AssertRefusedAsync(
        new Workbench().WithItems(1),
        "response_column_unknown",
        bench => bench.GenerateAsync(new GenerationConfig { LabelingMode = LabelingMode.ExistingColumn, ResponseColumn = "verdict" }));

    [Test]
    public async Task Generate_WhenAMappedColumnIsUnknown_IsRefused() => await AssertRefusedAsync(
        new Workbench().WithItems(1),
        "template_variable_unknown",
        bench => bench.GenerateAsync(new GenerationConfig { ColumnMapping = new Dictionary<string, string> { ["note"] = "remark" } }));

    [Test]
    public async Task Generate_WhenTheModelCannotBeAsked_IsRefused()
    {
        var bench = new Workbench().WithItems(1);
        bench.Model.Refusal = new Error(ErrorKind.Upstream, "foundation_model_failed", "Nobody is there.");
        await AssertRefusedAsync(bench, "foundation_model_failed");
    }

    [Test]
    public async Task Generate_WhenSettingsAreOutOfRange_NamesThemAll()
    {
        await using var bench = new Workbench().WithItems(1);

        var error = (await bench.GenerateAsync(new GenerationConfig { Temperature = 3, MaxTokens = 0, Limit = 0, FewShot = -1 })).Error!;

        Assert.That(error.Fields.Keys, Is.EquivalentTo(new[]
        {
            "generation_config.temperature", "generation_config.max_tokens", "generation_config.limit", "generation_config.few_shot",
        }));
    }

    [Test]
    public async Task Generate_WhenTheIdempotencyKeyIsBlank_IsRefused() =>
        await AssertRefusedAsync(new Workbench().WithItems(1), "validation_failed", bench => bench.GenerateAsync(key: " "));

    private static async Task AssertRefusedAsync(Workbench bench, string code, Func<Workbench, Task<Result<TrainingSheet>>>? ask = null)
    {
        await using (bench)
        {
            var result = await (ask?.Invoke(bench) ?? bench.GenerateAsync());

            Assert.Multiple(() =>
            {
                Assert.That(result.Error?.Code, Is.EqualTo(code));
                Assert.That(bench.Model.Calls, Is.Zero, "before a cent is spent");
                Assert.That(bench.Store.Pairs, Is.Empty);
            });
            Assert.That((await bench.Store.ListAsync(new PageRequest(10), CancellationToken.None)).Items, Is.Empty, "nothing is left behind");
        }
    }
}
