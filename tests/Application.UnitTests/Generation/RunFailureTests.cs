using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Mirion.Generation.Application.UnitTests.Generation;

public sealed class RunFailureTests
{
    private static UpstreamException Refused() => new("foundation_model_failed", "The endpoint refused the credentials.");

    [Test]
    public async Task Generate_WhenTheModelRefusesEverything_FailsTheSheetAndKeepsWhatIsDone()
    {
        await using var bench = await new Workbench(maxConcurrency: 1).WithItems(6).WithLabelsAsync([0, 1]);
        bench.Model.Throws(Refused, prompt => prompt.Question.Text.EndsWith('4'));

        var sheet = (await bench.GenerateAsync()).Value;

        Assert.Multiple(() =>
        {
            Assert.That(sheet.Status, Is.EqualTo(TrainingSheetStatus.Failed));
            Assert.That(sheet.State.StatusReason, Is.EqualTo(new StatusReason("foundation_model_failed", "The endpoint refused the credentials.")));
            Assert.That(bench.Store.Pairs.Select(pair => pair.State.ItemRef.Value), Is.SupersetOf(new[] { "item-000", "item-001", "item-002", "item-003" }));
        });
        await bench.AssertCountsEqualPairsAsync(sheet.Id);
    }

    [Test]
    public async Task Run_AfterAFailure_GoesOnWithoutRepeatingAnItemOrACall()
    {
        await using var bench = await new Workbench(maxConcurrency: 1).WithItems(8).WithLabelsAsync([0]);
        bench.Model.Throws(Refused, prompt => prompt.Question.Text.EndsWith('5'));
        var failed = (await bench.GenerateAsync()).Value;
        bench.Model.Answers(prompt => $"second answer to {prompt.Question.Text}");

        var resumed = (await bench.RunAsync(failed.Id)).Value;

        var answeredTwice = bench.Model.Asked.GroupBy(asked => asked.Prompt.Question.Text).Where(group => group.Count() > 1).Select(group => group.Key);
        Assert.Multiple(() =>
        {
            Assert.That(resumed.Status, Is.EqualTo(TrainingSheetStatus.Review));
            Assert.That(resumed.Tally, Is.EqualTo(new PairTally(1, 7, 0, 0)));
            Assert.That(answeredTwice, Is.EqualTo(new[] { "Which defect is it? note 5" }), "only the call that failed is made again");
            Assert.That(bench.PairOf("item-001").Conversation.Assistant, Does.StartWith("answer"));
            Assert.That(resumed.State.StatusReason, Is.Null);
            Assert.That(bench.Store.Pairs.Select(pair => pair.State.SequenceNumber), Is.EqualTo(Enumerable.Range(0, 8)));
        });
        await bench.AssertCountsEqualPairsAsync(failed.Id);
    }

    [Test]
    public async Task Run_WhenPairsAreFlaggedWithAGenerationError_TriesExactlyThoseAgain()
    {
        await using var bench = new Workbench().WithItems(6);
        bench.Model.Fails("length", prompt => prompt.Question.Text.EndsWith('2') || prompt.Question.Text.EndsWith('4'));
        var first = (await bench.GenerateAsync()).Value;
        bench.Model.Answers(_ => "now it works");

        var second = (await bench.RunAsync(first.Id)).Value;

        Assert.Multiple(() =>
        {
            Assert.That(second.Tally, Is.EqualTo(new PairTally(0, 6, 0, 0)));
            Assert.That(second.State.Statistics.FailedItems, Is.Zero);
            Assert.That(bench.Model.Calls, Is.EqualTo(8));
            Assert.That(bench.PairOf("item-004").Conversation.Assistant, Is.EqualTo("now it works"));
        });
        await bench.AssertCountsEqualPairsAsync(first.Id);
    }

    [Test]
    public async Task Run_WhenNothingIsLeftToGenerate_IsRefused()
    {
        await using var bench = new Workbench().WithItems(2);
        var sheet = (await bench.GenerateAsync()).Value;

        var again = await bench.RunAsync(sheet.Id);

        Assert.That(again.Error?.Code, Is.EqualTo("illegal_transition"));
    }

    [Test]
    public async Task Run_WhenThereIsNoSuchSheet_SaysSo()
    {
        await using var bench = new Workbench();

        Assert.That((await bench.RunAsync(new TrainingSheetId("nobody"))).Error?.Code, Is.EqualTo("training_sheet_not_found"));
    }

    [Test]
    public async Task Run_WhenTheTemplateWasChangedMeanwhile_GoesOnWithTheRecipeItBeganWith()
    {
        await using var bench = new Workbench(maxConcurrency: 1).WithItems(4);
        bench.Model.Throws(Refused, prompt => prompt.Question.Text.EndsWith('2'));
        var failed = (await bench.GenerateAsync()).Value;
        bench.Model.Answers(_ => "fine");
        await bench.Templates.ReplaceAsync(
            bench.Template.Revise(bench.Template.ToDraft() with { UserPromptTemplate = "Something else: {{note}}" }).Value, TemplateBuilder.Publication, CancellationToken.None);

        await bench.RunAsync(failed.Id);

        Assert.That(bench.Store.Pairs.Select(pair => pair.State.Conversation.User.Text), Has.All.StartsWith("Which defect is it?"));
    }

    [Test]
    public async Task Generate_WhenTheSourceGoesAwayBetweenPages_FailsWithItsReason()
    {
        await using var bench = new Workbench(options: generation => generation.PageSize = 2).WithItems(6);
        bench.Source.BreakAtPage(1);

        var sheet = (await bench.GenerateAsync()).Value;

        Assert.That((sheet.Status, sheet.State.StatusReason?.Code), Is.EqualTo((TrainingSheetStatus.Failed, "workspace_failed")));
        await bench.AssertCountsEqualPairsAsync(sheet.Id);
    }

    [Test]
    public async Task Run_WhenTheSourceIsGone_FailsTheSheetWithTheCode()
    {
        await using var bench = new Workbench().WithRow("a", ("note", "x"));
        bench.Model.Throws(Refused, _ => true);
        var failed = (await bench.GenerateAsync()).Value;
        bench.Source.AddTable(bench.Sheet.Source.ToString()!, [new Dictionary<string, object?> { ["inspection_id"] = "a", ["other"] = "x" }]);

        var again = (await bench.RunAsync(failed.Id)).Value;

        Assert.That((again.Status, again.State.StatusReason?.Code), Is.EqualTo((TrainingSheetStatus.Failed, "template_variable_unknown")));
    }

    [Test]
    public async Task Generate_WhenAnythingUnexpectedHappens_FailsWithoutLosingPairsOrTellingData()
    {
        await using var bench = await new Workbench(maxConcurrency: 1).WithItems(3).WithLabelsAsync([0]);
        bench.Model.Throws(() => new InvalidOperationException("cell text: top secret"), _ => true);

        var sheet = (await bench.GenerateAsync()).Value;

        Assert.Multiple(() =>
        {
            Assert.That((sheet.Status, sheet.State.StatusReason?.Code), Is.EqualTo((TrainingSheetStatus.Failed, "internal_error")));
            Assert.That(sheet.State.StatusReason?.Message, Does.Not.Contain("secret"));
            Assert.That(bench.PairOf("item-000").Status, Is.EqualTo(QAPairStatus.Labeled));
        });
    }

    [Test]
    public async Task Generate_WhenCancelled_KeepsWhatIsDoneAndFailsAsCancelled()
    {
        await using var bench = await new Workbench().WithItems(5).WithLabelsAsync([0, 1]);
        using var cancellation = new CancellationTokenSource();
        bench.Model.Replies(async (_, ct) =>
        {
            await cancellation.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            throw new InvalidOperationException("unreachable");
        });

        await Assert.CatchAsync<OperationCanceledException>(() => bench.GenerateAsync(cancellationToken: cancellation.Token));

        var id = bench.Store.Pairs[0].State.TrainingSheetId;
        var stored = (await bench.Store.FindAsync(id, CancellationToken.None))!;
        Assert.That((stored.Status, stored.State.StatusReason, stored.Tally), Is.EqualTo((TrainingSheetStatus.Failed, StatusReason.Cancelled, new PairTally(2, 0, 0, 0))));
        await bench.AssertCountsEqualPairsAsync(id);
    }

    [Test]
    public async Task Run_WhenTheHostStops_LeavesTheSheetGeneratingForTheNextStart()
    {
        await using var bench = new Workbench().WithItems(3);
        bench.Model.Throws(Refused, _ => true);
        var failed = (await bench.GenerateAsync()).Value;
        using var cancellation = new CancellationTokenSource();
        bench.Model.Replies(async (_, ct) =>
        {
            await cancellation.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            throw new InvalidOperationException("unreachable");
        });

        await Assert.CatchAsync<OperationCanceledException>(() => bench.RunAsync(failed.Id, keepGenerating: true, cancellation.Token));
        Assert.That((await bench.Store.FindAsync(failed.Id, CancellationToken.None))!.Status, Is.EqualTo(TrainingSheetStatus.Generating));

        bench.Model.Answers(_ => "fine");
        Assert.That((await bench.RunAsync(failed.Id)).Value.Tally, Is.EqualTo(new PairTally(0, 3, 0, 0)));
    }

    [Test]
    public async Task Run_WhileTheSheetIsBeingGenerated_IsRefused()
    {
        await using var bench = new Workbench().WithItems(1);
        bench.Model.Throws(Refused, _ => true);
        var failed = (await bench.GenerateAsync()).Value;
        var gate = new TaskCompletionSource();
        bench.Model.Answers(_ => "fine").WaitsFor(gate.Task);
        var first = bench.RunAsync(failed.Id);
        while (bench.Model.Calls < 2) await Task.Yield();

        var second = await bench.RunAsync(failed.Id);
        gate.SetResult();

        Assert.That(second.Error?.Code, Is.EqualTo("already_running"));
        Assert.That((await first).IsSuccess);
    }

    [Test]
    public async Task Generate_WhenABatchCannotBeStored_EndsTheRunInsteadOfHanging()
    {
        await using var bench = await new Workbench().WithItems(50).WithLabelsAsync([0, 1]);
        var port = Substitute.For<ITrainingSheetRepository>();
        port.AddAsync(default!, default).ReturnsForAnyArgs(true);
        port.SaveAsync(default!, default).ReturnsForAnyArgs(true);
        port.CommitBatchAsync(default!, default!, default).ThrowsAsyncForAnyArgs(new UpstreamException("workspace_failed", "The disk is full."));
        bench.TrainingSheetsPort = port;

        var sheet = (await bench.GenerateAsync()).Value;

        Assert.That((sheet.Status, sheet.State.StatusReason?.Code, sheet.Tally.Total), Is.EqualTo((TrainingSheetStatus.Failed, "workspace_failed", 0L)));
    }
}
