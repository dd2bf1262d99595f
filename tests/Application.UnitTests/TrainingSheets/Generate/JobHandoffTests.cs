using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.UnitTests.TrainingSheets.Generate;

public sealed class JobHandoffTests
{
    [TestCase(100, ExecutionMode.Auto, ExecutionMode.Sync)]
    [TestCase(101, ExecutionMode.Auto, ExecutionMode.Job)]
    [TestCase(101, ExecutionMode.Sync, ExecutionMode.Sync)]
    [TestCase(1, ExecutionMode.Job, ExecutionMode.Job)]
    public async Task Generate_RunsWhereTheSizeOrTheRequestSays(int items, ExecutionMode asked, ExecutionMode expected)
    {
        await using var bench = new Workbench(options: generation => generation.AsyncThreshold = 100).WithItems(items);

        var sheet = (await bench.GenerateAsync(new GenerationConfig { Execution = asked })).Value;

        var job = expected is ExecutionMode.Job;
        Assert.Multiple(() =>
        {
            Assert.That(sheet.State.Mode, Is.EqualTo(expected));
            Assert.That(sheet.Status, Is.EqualTo(job ? TrainingSheetStatus.Generating : TrainingSheetStatus.Review));
            Assert.That(bench.Launcher.Launched, Is.EqualTo(job ? [sheet.Id] : Array.Empty<TrainingSheetId>()));
            Assert.That(bench.Model.Calls, Is.EqualTo(job ? 0 : items));
        });
        Assert.That((await bench.Store.FindAsync(sheet.Id, CancellationToken.None))!.State.JobRunId, Is.EqualTo(job ? $"run-of-{sheet.Id}" : null));
    }

    [Test]
    public async Task Run_OfALaunchedSheet_CompletesItAndKeepsTheJobsRun()
    {
        await using var bench = await new Workbench().WithItems(5).WithLabelsAsync([2]);
        var launched = (await bench.GenerateAsync(new GenerationConfig { Execution = ExecutionMode.Job })).Value;

        var done = (await bench.RunAsync(launched.Id)).Value;

        Assert.That((done.Status, done.Tally), Is.EqualTo((TrainingSheetStatus.Review, new PairTally(1, 4, 0, 0))));
        Assert.That((await bench.Store.FindAsync(launched.Id, CancellationToken.None))!.State.JobRunId, Is.EqualTo($"run-of-{launched.Id}"));
    }

    [Test]
    public async Task Generate_WhenTheJobCannotBeLaunched_LeavesNothingBehind()
    {
        await using var bench = new Workbench().WithItems(1);
        bench.Launcher.Failure = new UpstreamException("databricks_failed", "The job does not exist.");

        await Assert.ThatAsync(
            () => bench.GenerateAsync(new GenerationConfig { Execution = ExecutionMode.Job }), Throws.TypeOf<UpstreamException>());

        Assert.That((await bench.Store.ListAsync(new PageRequest(10), CancellationToken.None)).Items, Is.Empty);
    }
}
