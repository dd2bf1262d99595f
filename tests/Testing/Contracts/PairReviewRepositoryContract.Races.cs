using System.Collections.Concurrent;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;
using NUnit.Framework;

namespace Mirion.Generation.Testing.Contracts;

/// <summary>Many who decide at once.</summary>
public abstract partial class PairReviewRepositoryContract
{
    private const int Reviewers = 8;
    private const int FewPairs = 4;

    /// <summary>How many decisions the reviewers try to take together; fewer where each takes long.</summary>
    protected virtual int Decisions => 400;

    [Test]
    public async Task CommitAsync_WhenTwoEditTheSameStateAtOnce_TakesOne()
    {
        var pair = PairBuilder.FromModel("a");
        await ReviewedAsync(pair);

        var commits = await Task.WhenAll(Enumerable.Range(0, Reviewers).Select(i => Task.Run(() => Reviews.CommitAsync(Id, Type, [Edit(pair, $"answer {i}")], None))));

        Assert.That(commits.Count(commit => commit.Stored.Count == 1), Is.EqualTo(1));
        var winner = Array.FindIndex(commits, commit => commit.Stored.Count == 1);
        Assert.That((await PairAsync("a")).State.Conversation.Assistant, Is.EqualTo($"answer {winner}"));
        Assert.That((await LabelAsync("a"))!.Data.Answer, Is.EqualTo($"answer {winner}"));
        Assert.That((await PairAsync("a")).Revision, Is.EqualTo(1));
    }

    [Test]
    public async Task CommitAsync_WhenManyDecideOnFewPairs_LosesNoDecisionAndCountsAsThePairsAre()
    {
        await ReviewedAsync([.. Enumerable.Range(0, FewPairs).Select(i => PairBuilder.FromModel($"item-{i}", i))]);
        var accepted = new ConcurrentBag<QAPair>();

        await Task.WhenAll(Enumerable.Range(0, Reviewers).Select(reviewer => Task.Run(() => DecideAsync(reviewer, accepted))));

        for (var i = 0; i < FewPairs; i++)
        {
            var stored = await PairAsync($"item-{i}");
            var history = accepted.Where(pair => pair.Id == stored.Id).OrderBy(pair => pair.Revision).ToList();
            Assert.That(history.Select(pair => pair.Revision), Is.EqualTo(Enumerable.Range(1, stored.Revision)), "each state was made by one decision, and each decision made one");
            Assert.That(Plain.Text(stored), Is.EqualTo(Plain.Text(history[^1])));
            var answered = history.FindLast(pair => pair.Status is QAPairStatus.Labeled);
            if (stored.Status is QAPairStatus.Labeled) Assert.That((await LabelAsync($"item-{i}"))!.Data.Answer, Is.EqualTo(answered!.State.Conversation.Assistant));
            var versions = await Labels.ListVersionsAsync(stored.LabelKey(Type).ToId(), None);
            Assert.That(versions.Select(label => label.Version), Is.EqualTo(Enumerable.Range(1, versions.Count).Reverse()), "every version is kept, once");
        }

        await AssertCountsAsync();
        var sheet = (await Sheets.FindAsync(Id, None))!;
        Assert.That(sheet.Status, Is.EqualTo(sheet.Tally.HasOpen ? TrainingSheetStatus.Review : TrainingSheetStatus.Approved));
    }

    [Test]
    public async Task CommitAsync_WhileTheTrainingSheetIsFrozen_LeavesItWithoutAnOpenPairOrIsRefused()
    {
        var pairs = Enumerable.Range(0, FewPairs).Select(i => PairBuilder.FromLabel($"item-{i}", i)).ToList();
        await ReviewedAsync([.. pairs]);
        var approved = (await Sheets.FindAsync(Id, None))!;

        var rejecting = Task.WhenAll(pairs.Select(pair => Task.Run(() => Reviews.CommitAsync(Id, Type, [Of(pair, now => now.Reject(null, "dr.lee", Times.Start))], None))));
        var frozen = await Task.Run(() => Sheets.MoveAsync(approved.MarkTrained().Value, approved, None));
        var commits = await rejecting;
        await Reviews.CompleteAsync(Id, Type, [], None);

        Assert.That(frozen, Is.True);
        for (var i = 0; i < FewPairs; i++)
        {
            var status = (await PairAsync($"item-{i}")).Status;
            Assert.That(status, Is.EqualTo(commits[i].Stored.Count == 1 ? QAPairStatus.Rejected : QAPairStatus.Labeled), "who was told that it is stored finds it, and who was not does not");
        }

        await AssertCountsAsync();
    }

    private async Task DecideAsync(int reviewer, ConcurrentBag<QAPair> accepted)
    {
        for (var i = 0; i < Decisions / Reviewers; i++)
        {
            var pair = await PairAsync($"item-{(i + reviewer) % FewPairs}");
            var review = ((i + reviewer) % 5, pair.Status) switch
            {
                (0, not QAPairStatus.Rejected) => Of(pair, now => now.Reject($"{reviewer} {i}", $"reviewer {reviewer}", Times.Start)),
                (1, not QAPairStatus.Flagged) => Of(pair, now => now.Flag($"{reviewer} {i}", $"reviewer {reviewer}", Times.Start)),
                _ => Edit(pair, $"{reviewer} {i}"),
            };
            if ((await Reviews.CommitAsync(Id, Type, [review], None)).Stored.Count == 1) accepted.Add(review.After);
        }
    }
}
