using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.TrainingSheets;
using Mirion.Generation.Application.TrainingSheets.Cancel;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Application.UnitTests.TrainingSheets.Cancel;

public sealed class CancelGenerationTests
{
    private static CancellationToken None => CancellationToken.None;

    [TestCase(false)]
    [TestCase(true)]
    public async Task Cancel_WhenItRunsHere_StopsTheCallsInFlightAndKeepsWhatIsDone(bool keepGenerating)
    {
        await using var bench = await new Workbench(maxConcurrency: 4).WithItems(6).WithLabelsAsync([0, 1]);
        var launched = (await bench.GenerateAsync(new GenerationConfig { Execution = ExecutionMode.Job })).Value;
        var asked = Hanging(bench, number => number > 3, count: 2);
        var running = bench.RunAsync(launched.Id, keepGenerating);
        await asked;
        // The order in which items are asked about is free.
        while (bench.Model.Calls < 4) await Task.Yield();

        var cancelled = (await bench.SendAsync(new CancelGenerationCommand(launched.Id))).Value;

        Assert.Multiple(() =>
        {
            Assert.That((cancelled.Status, cancelled.State.StatusReason), Is.EqualTo((TrainingSheetStatus.Failed, StatusReason.Cancelled)));
            Assert.That(cancelled.Tally, Is.EqualTo(new PairTally(2, 2, 0, 0)), "labels, and the two answers there were");
            Assert.That(bench.Launcher.Cancelled, Is.Empty, "it runs here");
        });
        Assert.That((await running).Value, Is.EqualTo(cancelled), "the run answers as it was cancelled");
        Assert.That(await bench.StoredAsync(launched.Id), Is.EqualTo(cancelled));
        await bench.AssertCountsEqualPairsAsync(launched.Id);
    }

    [Test]
    public async Task Cancel_WhenSomebodyWaitsForTheGeneration_AnswersBothWithTheCancelledSheet()
    {
        await using var bench = new Workbench().WithItems(3);
        var asked = Hanging(bench, _ => true);
        var generating = bench.GenerateAsync();
        await asked;
        var id = (await bench.Store.ListGeneratingAsync(None)).Single();

        var cancelled = (await bench.SendAsync(new CancelGenerationCommand(id))).Value;

        Assert.That((await generating).Value, Is.EqualTo(cancelled));
        Assert.That(cancelled.State.StatusReason, Is.EqualTo(StatusReason.Cancelled));
    }

    [Test]
    public async Task Cancel_WhileTheSourceIsStillChecked_CancelsBeforeAModelIsAsked()
    {
        await using var bench = new Workbench();
        var launched = await bench.LaunchAsync();
        var counting = bench.Source.HoldCensus();
        var running = bench.RunAsync(launched.Id);
        await counting;

        var cancelled = (await bench.SendAsync(new CancelGenerationCommand(launched.Id))).Value;

        Assert.That(cancelled.State.StatusReason, Is.EqualTo(StatusReason.Cancelled));
        Assert.That((await running).Value.Status, Is.EqualTo(TrainingSheetStatus.Failed));
        Assert.That(bench.Model.Calls, Is.Zero);
    }

    [Test]
    public async Task Cancel_WhenAJobRunsIt_StopsTheRunAndCountsThePairsItLeft()
    {
        await using var bench = new Workbench();
        var launched = await bench.LaunchAsync();
        var pair = PairBuilder.FromModel("item-000", trainingSheet: launched.Id.Value);
        await bench.Store.CommitBatchAsync(launched, [pair], None);

        var cancelled = (await bench.SendAsync(new CancelGenerationCommand(launched.Id))).Value;

        Assert.That(bench.Launcher.Cancelled, Is.EqualTo(new[] { $"run-of-{launched.Id}" }));
        Assert.That((cancelled.Status, cancelled.State.StatusReason, cancelled.Tally), Is.EqualTo((TrainingSheetStatus.Failed, StatusReason.Cancelled, new PairTally(0, 1, 0, 0))));
        Assert.That(await bench.StoredAsync(launched.Id), Is.EqualTo(cancelled));
    }

    [Test]
    public async Task Cancel_WhenTheWorkspaceRefuses_LeavesItGenerating()
    {
        await using var bench = new Workbench();
        var launched = await bench.LaunchAsync();
        bench.Launcher.Failure = new UpstreamException("databricks_failed", "It may not be stopped.");

        await Assert.ThatAsync(() => bench.SendAsync(new CancelGenerationCommand(launched.Id)), Throws.TypeOf<UpstreamException>());

        Assert.That((await bench.StoredAsync(launched.Id)).Status, Is.EqualTo(TrainingSheetStatus.Generating));
    }

    [Test]
    public async Task Cancel_WhenItIsNotGenerating_IsRefused()
    {
        await using var bench = new Workbench().WithItems(2);
        var sheet = (await bench.GenerateAsync()).Value;

        Assert.That((await bench.SendAsync(new CancelGenerationCommand(sheet.Id))).Error?.Code, Is.EqualTo("illegal_transition"));
        Assert.That((await bench.SendAsync(new CancelGenerationCommand(new TrainingSheetId("nobody")))).Error?.Code, Is.EqualTo("training_sheet_not_found"));
        Assert.That(await bench.StoredAsync(sheet.Id), Is.EqualTo(sheet));
    }

    [Test]
    public async Task Cancel_WhenTheJobIsJustBeingLaunched_StopsTheRunThatCameTooLate()
    {
        await using var bench = new Workbench();
        bench.Launcher.Meanwhile = async () =>
        {
            bench.Launcher.Meanwhile = () => Task.CompletedTask;
            await bench.SendAsync(new CancelGenerationCommand((await bench.Store.ListGeneratingAsync(None)).Single()));
        };

        var sheet = await bench.LaunchAsync();

        Assert.That(sheet.State.StatusReason, Is.EqualTo(StatusReason.Cancelled));
        Assert.That(bench.Launcher.Cancelled, Is.EqualTo(new[] { $"run-of-{sheet.Id}" }));
    }

    [Test]
    public async Task Run_WhenCancelledFromElsewhere_StopsReadingAndCallingAndLeavesTheDecision()
    {
        await using var bench = new Workbench(options: generation => generation.BatchSize = 1, maxConcurrency: 1).WithItems(500);
        bench.Model.Replies(async (question, _) =>
        {
            if (bench.Model.Calls == 10) await DecideElsewhereAsync(bench);
            return FakeFoundationModel.Reply(question, "fine");
        });

        var sheet = (await bench.GenerateAsync()).Value;

        var stored = await bench.StoredAsync(sheet.Id);
        Assert.That((stored.Status, stored.State.StatusReason, stored), Is.EqualTo((TrainingSheetStatus.Failed, StatusReason.Cancelled, sheet)));
        Assert.That(bench.Model.Calls, Is.LessThan(100));
        await bench.AssertCountsEqualPairsAsync(sheet.Id);
    }

    [Test]
    public async Task Run_WhenDeletedFromElsewhere_EndsWithoutLeavingAPair()
    {
        await using var bench = new Workbench(options: generation => generation.BatchSize = 1, maxConcurrency: 1).WithItems(500);
        bench.Model.Replies(async (question, _) =>
        {
            if (bench.Model.Calls == 10)
            {
                await DecideElsewhereAsync(bench);
                await bench.SendAsync(new DeleteTrainingSheetCommand(bench.Store.Pairs[0].State.TrainingSheetId), None);
            }

            return FakeFoundationModel.Reply(question, "fine");
        });

        var generated = await bench.GenerateAsync();

        Assert.That(generated.Error?.Code, Is.EqualTo("training_sheet_not_found"));
        Assert.That(bench.Store.Pairs, Is.Empty);
        Assert.That(bench.Model.Calls, Is.LessThan(100));
    }

    // As another process does: with the counts of its own, and no word to the run.
    private static async Task DecideElsewhereAsync(Workbench bench)
    {
        var id = (await bench.Store.ListGeneratingAsync(None)).Single();
        Assert.That(await bench.Store.SaveAsync((await bench.StoredAsync(id)).Fail(StatusReason.Cancelled).Value, None), Is.True);
    }

    // Some questions are never answered; the task ends when so many of them are asked.
    private static Task Hanging(Workbench bench, Func<int, bool> which, int count = 1)
    {
        var hanging = 0;
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Model.Replies(async (question, cancellationToken) =>
        {
            var number = int.Parse(question.Prompt.Question.Text[^1..], System.Globalization.CultureInfo.InvariantCulture);
            if (!which(number)) return FakeFoundationModel.Reply(question, "fine");
            if (Interlocked.Increment(ref hanging) == count) asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("unreachable");
        });
        return asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
