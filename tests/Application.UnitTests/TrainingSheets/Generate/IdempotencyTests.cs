using Mirion.Generation.Application.TrainingSheets.Generate;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Application.UnitTests.TrainingSheets.Generate;

public sealed class IdempotencyTests
{
    [Test]
    public async Task Generate_WhenRepeatedUnderOneKey_AnswersWithTheFirstSheet()
    {
        await using var bench = new Workbench().WithItems(3);

        var first = (await bench.GenerateAsync(key: "k1")).Value;
        var second = (await bench.GenerateAsync(key: "k1")).Value;
        var other = (await bench.GenerateAsync(key: "k2")).Value;

        Assert.Multiple(() =>
        {
            Assert.That(second.Id, Is.EqualTo(first.Id));
            Assert.That(other.Id, Is.Not.EqualTo(first.Id));
            Assert.That(bench.Model.Calls, Is.EqualTo(6));
        });
    }

    [Test]
    public async Task Generate_WhenManyAskAtOnceUnderOneKey_MakesOneSheet()
    {
        await using var bench = new Workbench().WithItems(5);

        var sheets = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => bench.GenerateAsync(key: "k"))));

        Assert.That(sheets.Select(sheet => sheet.Value.Id).Distinct().Count(), Is.EqualTo(1));
        Assert.That(bench.Model.Calls, Is.EqualTo(5));
    }

    [Test]
    public async Task Generate_WhenAKeyIsUsedForAnotherTemplate_IsRefused()
    {
        await using var bench = new Workbench().WithItems(1);
        var other = TemplateBuilder.Template("other");
        await bench.Templates.AddAsync(other, TemplateBuilder.Publication, CancellationToken.None);
        await bench.GenerateAsync(key: "k");

        var reused = await bench.SendAsync(new GenerateTrainingSheetCommand(bench.Sheet.Id, other.Id, new GenerationConfig(), IdempotencyKey: "k"));

        Assert.That(reused.Error?.Code, Is.EqualTo("idempotency_key_reused"));
    }

    [Test]
    public async Task Generate_WhenAKeyIsUsedForAnotherVersionOfTheTemplate_IsRefused()
    {
        await using var bench = new Workbench().WithItems(1);
        await bench.GenerateAsync(key: "k");

        async Task<string?> RepeatAsync(int? version) => (await bench.SendAsync(
            new GenerateTrainingSheetCommand(bench.Sheet.Id, bench.Template.Id, new GenerationConfig(), IdempotencyKey: "k", TemplateVersion: version))).Error?.Code;

        Assert.That((await RepeatAsync(1), await RepeatAsync(2)), Is.EqualTo(((string?)null, "idempotency_key_reused")));
    }
}
