using Mirion.Generation.Application.Generation;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.UnitTests.Generation;

public sealed class PipelineFlowTests
{
    [Test]
    public async Task Generate_AsksUpToTheLimitAtOnce_AndNeverMore()
    {
        await using var bench = new Workbench(maxConcurrency: 7).WithItems(60);
        var gate = new TaskCompletionSource();
        bench.Model.WaitsFor(gate.Task);
        var generating = bench.GenerateAsync();
        while (bench.Model.Calls < 7) await Task.Yield();
        gate.SetResult();

        await generating;

        Assert.That((bench.Model.MostInFlight, bench.Model.Calls), Is.EqualTo((7, 60)));
    }

    [Test]
    public async Task Generate_WhenTheModelIsSlow_DoesNotReadAhead()
    {
        await using var bench = new Workbench(maxConcurrency: 4, options: generation => generation.PageSize = 5).WithItems(200);
        var gate = new TaskCompletionSource();
        bench.Model.WaitsFor(gate.Task);
        var generating = bench.GenerateAsync();
        while (bench.Model.Calls < 4) await Task.Yield();
        for (var i = 0; i < 200; i++) await Task.Yield();

        // Sixteen open, of which four are in flight, sixteen queued, and the page the reader holds: never the sheet.
        Assert.That(bench.Source.PagesRead, Is.LessThanOrEqualTo(8));
        gate.SetResult();
        Assert.That((await generating).Value.Tally.Total, Is.EqualTo(200));
    }

    [Test]
    public async Task Generate_WritesInBatches()
    {
        await using var bench = await new Workbench(options: generation => generation.BatchSize = 40).WithItems(100).WithLabelsAsync(Enumerable.Range(0, 100));

        await bench.GenerateAsync();

        Assert.That(bench.Store.Batches.Sum(), Is.EqualTo(100));
        Assert.That(bench.Store.Batches, Has.All.LessThanOrEqualTo(40));
        Assert.That(bench.Store.Batches, Has.Count.LessThan(10));
    }

    [Test]
    public async Task Generate_WhenABatchDoesNotFill_WritesItAfterTheFlushInterval()
    {
        await using var bench = await new Workbench().WithItems(3).WithLabelsAsync([0, 1]);
        var gate = new TaskCompletionSource();
        bench.Model.WaitsFor(gate.Task);
        var generating = bench.GenerateAsync();
        while (bench.Model.Calls < 1) await Task.Yield();
        for (var i = 0; i < 50; i++) await Task.Yield();
        Assert.That(bench.Store.Pairs, Is.Empty, "the batch waits for more");

        for (var i = 0; i < 1000 && bench.Store.Pairs.Count < 2; i++)
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(2));
            await Task.Yield();
        }

        Assert.That(bench.Store.Pairs, Has.Count.EqualTo(2));
        gate.SetResult();
        Assert.That((await generating).Value.Tally.Total, Is.EqualTo(3));
    }

    [Test]
    public async Task Generate_LooksLabelsUpOncePerPage()
    {
        await using var bench = new Workbench(options: generation => generation.PageSize = 10).WithItems(35);

        await bench.GenerateAsync();

        Assert.That(bench.Labels.PageLookups, Is.EqualTo(4));
    }

    [Test]
    public async Task Generate_ReportsProgressThatAddsUp()
    {
        await using var bench = await new Workbench(options: generation => generation.BatchSize = 10).WithItems(30).WithLabelsAsync(Enumerable.Range(0, 12));
        var reports = new List<GenerationProgress>();

        var sheet = (await bench.GenerateAsync(progress: new Inline(reports.Add))).Value;

        Assert.Multiple(() =>
        {
            Assert.That(reports, Has.All.Matches<GenerationProgress>(report => report!.Id == sheet.Id && report.TotalItems == 30));
            Assert.That(reports[0].Tally, Is.EqualTo(PairTally.Empty), "the id is known before the first commit");
            Assert.That(reports.Select(report => report.Tally.Total), Is.Ordered.Ascending);
            Assert.That(reports[^1].Tally, Is.EqualTo(new PairTally(12, 18, 0, 0)));
        });
    }

    [Test]
    public async Task Generate_ReadsOnlyTheColumnsItNeeds()
    {
        await using var bench = new Workbench().WithRow("a", ("note", "x"), ("secret", "y"));

        await bench.GenerateAsync();

        Assert.That(bench.Source.Readings.Single().Columns, Is.EqualTo(new[] { "note" }));
    }

    private sealed class Inline(Action<GenerationProgress> report) : IProgress<GenerationProgress>
    {
        public void Report(GenerationProgress value) => report(value);
    }
}
