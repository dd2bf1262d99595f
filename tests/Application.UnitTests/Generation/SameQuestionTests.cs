using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Application.UnitTests.Generation;

/// <summary>At temperature 0, equal questions of a run are asked once.</summary>
[TestFixture]
public sealed class SameQuestionTests
{
    [Test]
    public async Task Generate_WhenQuestionsAreEqual_AsksEachOnceHoweverFarApartTheyAre()
    {
        await using var bench = new Workbench(maxConcurrency: 4, options: generation => generation.BatchSize = 10).WithItems(200, item => $"note {item % 50}");

        var sheet = (await bench.GenerateAsync()).Value;

        Assert.That(bench.Model.Calls, Is.EqualTo(50));
        var statistics = sheet.State.Statistics;
        Assert.That(
            (statistics.ModelGenerated, statistics.ModelCalls, statistics.PromptTokens, statistics.CompletionTokens, statistics.FailedItems), Is.EqualTo((200L, 50L, 500L, 250L, 0L)));
        for (var item = 0; item < 200; item++)
        {
            Assert.That(bench.PairOf(Workbench.Item(item)).Conversation.Assistant, Is.EqualTo($"answer to Which defect is it? note {item % 50}"));
        }

        await bench.AssertCountsEqualPairsAsync(sheet.Id);
    }

    [Test]
    public async Task Generate_WhenAnAnswerIsShared_SaysWithWhomAndCountsItsCostOnce()
    {
        await using var bench = new Workbench(maxConcurrency: 1).WithItems(3, _ => "the same");

        await bench.GenerateAsync();

        var pairs = Enumerable.Range(0, 3).Select(item => bench.PairOf(Workbench.Item(item))).ToList();
        var asked = pairs.Single(pair => pair.Metadata.SharedWith is null);
        Assert.That((asked.Metadata.Attempts, asked.Metadata.PromptTokens, asked.Metadata.LatencyMs), Is.EqualTo((1, (int?)10, (long?)0)));
        foreach (var pair in pairs.Where(pair => pair != asked))
        {
            Assert.That(pair.Metadata with { FewShotRefs = asked.Metadata.FewShotRefs }, Is.EqualTo(asked.Metadata with
            {
                SharedWith = asked.ItemRef.Value,
                Attempts = 0,
                PromptTokens = null,
                CompletionTokens = null,
                LatencyMs = null,
            }));
            Assert.That((pair.Status, pair.LabelingMode, pair.Conversation), Is.EqualTo((QAPairStatus.Unlabeled, LabelingMode.AiGenerated, asked.Conversation)));
        }
    }

    [TestCase(0.0001)]
    [TestCase(1)]
    public async Task Generate_WhenAnswersAreDrawn_AsksForEachItem(double temperature)
    {
        await using var bench = new Workbench().WithItems(20, _ => "the same");

        await bench.GenerateAsync(new GenerationConfig { Temperature = temperature });

        Assert.That(bench.Model.Calls, Is.EqualTo(20));
        Assert.That(bench.Store.Pairs.Select(pair => pair.State.Metadata.SharedWith), Is.All.Null);
    }

    [Test]
    public async Task Generate_WhenAQuestionIsBeingAsked_HoldsNoPlaceForItsLikes()
    {
        // One question for all but the last item, and nobody answers it until the last one is answered.
        await using var bench = new Workbench(maxConcurrency: 2).WithItems(100, item => item < 99 ? "slow" : "quick");
        var quick = new TaskCompletionSource();
        bench.Model.Replies(async (question, ct) =>
        {
            if (question.Prompt.Question.Text.EndsWith("slow", StringComparison.Ordinal)) await quick.Task.WaitAsync(ct);
            else quick.SetResult();
            return FakeFoundationModel.Reply(question, "fine");
        });

        var sheet = (await bench.GenerateAsync()).Value;

        Assert.That((bench.Model.Calls, sheet.Tally.Unlabeled), Is.EqualTo((2, 100L)));
    }

    [Test]
    public async Task Generate_WhenMoreItemsAreAlikeThanMayBeHeld_LeavesNoneOut()
    {
        await using var bench = new Workbench(maxConcurrency: 2, options: generation => (generation.BatchSize, generation.PageSize) = (5, 10)).WithItems(300, _ => "the same");
        var gate = new TaskCompletionSource();
        bench.Model.WaitsFor(gate.Task);
        var generating = bench.GenerateAsync();
        while (bench.Model.Calls < 1) await Task.Yield();
        for (var i = 0; i < 500; i++) await Task.Yield();
        Assert.That(bench.Source.PagesRead, Is.LessThan(10), "ten are left with the one that is asked for, and some stand in line; the sheet is not read into memory");

        gate.SetResult();

        Assert.That((await generating).Value.Tally.Unlabeled, Is.EqualTo(300));
        Assert.That(bench.Model.Calls, Is.EqualTo(1));
    }

    [Test]
    public async Task Generate_WhenAQuestionFails_FailsThoseThatWaitAndAsksAnewForThoseThatComeLater()
    {
        await using var bench = new Workbench(maxConcurrency: 1, options: generation => generation.BatchSize = 1).WithItems(60, item => item is 0 or 1 or 59 ? "the same" : $"{item}");
        var asked = 0;
        var gate = new TaskCompletionSource();
        bench.Model.Replies(async (question, ct) =>
        {
            if (!question.Prompt.Question.Text.EndsWith("the same", StringComparison.Ordinal)) return FakeFoundationModel.Reply(question, "fine");
            if (Interlocked.Increment(ref asked) > 1) return FakeFoundationModel.Reply(question, "at last");
            await gate.Task.WaitAsync(ct);
            return FakeFoundationModel.Failure(question, "content_filter");
        });
        var generating = bench.GenerateAsync();
        while (asked == 0) await Task.Yield();
        for (var i = 0; i < 500; i++) await Task.Yield();
        gate.SetResult();

        var sheet = (await generating).Value;

        Assert.That(new[] { 0, 1 }.Select(item => bench.PairOf(Workbench.Item(item)).Metadata.Error?.Code), Is.All.EqualTo("content_filter"));
        Assert.That(bench.PairOf(Workbench.Item(59)).Conversation.Assistant, Is.EqualTo("at last"));
        Assert.That((sheet.State.Statistics.ModelCalls, sheet.State.Statistics.FailedItems, asked), Is.EqualTo((59L, 2L, 2)));
    }

    [Test]
    public async Task Generate_WhenTheRunEndsWhileAQuestionIsAsked_LeavesItsLikesForTheNextRun()
    {
        await using var bench = new Workbench(maxConcurrency: 1).WithItems(10, _ => "the same");
        bench.Model.Throws(() => new UpstreamException(UpstreamException.FoundationModelFailed, "gone"), _ => true);
        var sheet = (await bench.GenerateAsync()).Value;
        Assert.That((sheet.Status, bench.Store.Pairs.Count), Is.EqualTo((TrainingSheetStatus.Failed, 0)));

        bench.Model.Answers(_ => "well again");
        var again = (await bench.RunAsync(sheet.Id)).Value;

        Assert.That((again.Tally.Unlabeled, again.State.Statistics.ModelCalls), Is.EqualTo((10L, 1L)));
    }

    [Test]
    public async Task Generate_WhenAnswersDoNotFitIntoMemory_ReadsThemFromThePairs()
    {
        // 65 MB of answers after the first one, whose question comes once more at the end.
        var text = new string('x', 300_000);
        await using var bench = new Workbench(maxConcurrency: 1, options: generation => generation.BatchSize = 2).WithItems(250, item => item is 0 or 249 ? "the same" : $"{item}");
        bench.Model.Answers(_ => text);

        await bench.GenerateAsync();

        Assert.That(bench.Model.Calls, Is.EqualTo(249));
        var pair = bench.PairOf(Workbench.Item(249));
        Assert.That((pair.Metadata.SharedWith, pair.Conversation.Assistant, pair.Metadata.FinishReason, pair.Metadata.Temperature), Is.EqualTo((Workbench.Item(0), text, "stop", (double?)0)));
    }

    [Test]
    public async Task Generate_WithExamples_SharesBetweenQuestionsWithTheSameOnes()
    {
        await using var bench = await new Workbench().WithItems(4, item => item < 2 ? "the same" : $"label {item}").WithLabelsAsync([2, 3]);

        await bench.GenerateAsync(new GenerationConfig { FewShot = 1 });

        Assert.That(bench.Model.Calls, Is.EqualTo(1));
        Assert.That(bench.PairOf(Workbench.Item(0)).Metadata.FewShotRefs, Is.EqualTo(bench.PairOf(Workbench.Item(1)).Metadata.FewShotRefs));
    }
}
