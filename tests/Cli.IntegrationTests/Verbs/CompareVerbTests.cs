using System.Text.Json;
using Mirion.Generation.Cli.IntegrationTests.Hosting;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Cli.IntegrationTests.Verbs;

public sealed class CompareVerbTests
{
    private InMemoryHost _host = null!;

    [SetUp]
    public async Task SetUp()
    {
        _host = new InMemoryHost();
        await AddAsync("ts-1", PairBuilder.FromModel("a", 0), PairBuilder.FromModel("b", 1), PairBuilder.FromModel("c", 2));
        await AddAsync("ts-2", PairBuilder.FromModel("a", 0, "ts-2"), PairBuilder.FromLabel("b", 1, "ts-2", LabelBuilder.Label("b", "dent")));
    }

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public async Task Compare_ForAPerson_PrintsTheCountsAndWhatChanged()
    {
        var run = await _host.RunAsync("compare", "--training-sheet-id", "ts-1", "--other-id", "ts-2");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, run.Errors);
            Assert.That(run.Output, Does.Match("items +│ +3 ").And.Match("same +│ +1 ").And.Match("answer changed +│ +1 ").And.Match("only here +│ +1 "));
            Assert.That(run.Output, Does.EndWith($"b: answer, status, label{Environment.NewLine}c: only here{Environment.NewLine}"));
        }
    }

    [Test]
    public async Task Compare_WithJson_PrintsThePartThatWasAskedFor()
    {
        var first = await _host.RunAsync("compare", "--training-sheet-id", "ts-1", "--other-id", "ts-2", "--limit", "1", "--json");
        var page = JsonElement.Parse(first.Output);
        var second = await _host.RunAsync("compare", "--training-sheet-id", "ts-1", "--other-id", "ts-2", "--cursor", page.GetProperty("next_cursor").GetString()!, "--json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.GetProperty("summary").GetRawText(), Is.EqualTo(
                """{"items":3,"same":1,"only_here":1,"only_there":0,"answer_changed":1,"status_changed":1,"label_changed":1,"missing_here":7,"missing_there":8}"""));
            Assert.That(page.GetProperty("items")[0].GetProperty("there").GetProperty("answer").GetString(), Is.EqualTo("dent"));
            Assert.That(JsonElement.Parse(second.Output).GetProperty("items").GetRawText(), Is.EqualTo(
                $$"""[{"item_ref":"c","sequence_number":2,"changes":["only_here"],"here":{"pair_id":"{{PairBuilder.FromModel("c").Id}}","status":"unlabeled","answer":"scratch","canonical_label_id":null},"there":null}]"""));
        }
    }

    [Test]
    public async Task Compare_WhenOneIsUnknown_ExitsWithTwo() =>
        Assert.That((await _host.RunAsync("compare", "--training-sheet-id", "ts-1", "--other-id", "nobody")).ExitCode, Is.EqualTo(2));

    private async Task AddAsync(string id, params IReadOnlyList<QAPair> pairs)
    {
        var sheet = TrainingSheetBuilder.Generating(id);
        await _host.TrainingSheets.AddAsync(sheet, CancellationToken.None);
        await _host.TrainingSheets.CommitBatchAsync(sheet.Having(pairs).FailedWith(), pairs, CancellationToken.None);
    }
}
