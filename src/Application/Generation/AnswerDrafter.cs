using System.Threading.Channels;
using Mirion.Generation.Application.Generation.Calls.Sharing;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>The second stage of a run: asks a model about every open item, many at once, each answer bound to the items it was asked for.</summary>
/// <param name="answers">Where answers come from.</param>
/// <param name="shared">What has equal questions asked once; null where each is to be asked.</param>
/// <param name="pairs">Where answers stand that are no longer held in memory.</param>
/// <param name="examples">What is put before a question.</param>
/// <param name="settings">How it is asked.</param>
/// <param name="recipe">What the run is made from.</param>
/// <param name="maker">What makes the pairs.</param>
internal sealed class AnswerDrafter(
    MatchingAnswers answers,
    SharedQuestions? shared,
    IQAPairRepository pairs,
    FewShotExamples examples,
    ModelSettings settings,
    GenerationRecipe recipe,
    PairMaker maker)
{
    private readonly AnswerRecall _recall = new(pairs, settings);

    /// <summary>Answers items until there are no more.</summary>
    public async Task DraftAsync(ChannelReader<OpenItem> open, ChannelWriter<FinishedPair> finished, RunStages stages)
    {
        // Not ReadAllAsync, whose waits end on the thread pool whatever runs here: simulated runs could not be replayed.
        while (!open.Completion.IsCompleted && await open.WaitToReadAsync(stages.Begin))
        {
            while (open.TryRead(out var item)) await DraftAsync(item, finished, stages);
        }
    }

    private async Task DraftAsync(OpenItem open, ChannelWriter<FinishedPair> finished, RunStages stages)
    {
        var question = open.Question.Conversation;
        var prompt = new ModelPrompt(question.System, await examples.FindAsync(open.Question, stages.Begin), question.User);
        var asker = new Asker(open, new GenerationMetadata
        {
            TemplateVersion = recipe.Template.Version,
            PromptHash = PromptHash.Of(prompt, settings),
            FewShotRefs = [.. prompt.Examples.Select(example => example.Item).OfType<string>()],
        });
        if (shared is null)
        {
            await KeepAsync(PairOf(asker, await AskAsync(asker, prompt, stages)), finished, stages);
            return;
        }

        switch (await shared.JoinAsync(asker, stages.Begin))
        {
            case { Leads: true }:
                await LeadAsync(asker, prompt, shared, finished, stages);
                break;
            case { Known: { } known }:
                await KeepAsync(await RepeatAsync(asker, known, prompt, shared, stages), finished, stages);
                break;
        }
    }

    private async Task LeadAsync(Asker asker, ModelPrompt prompt, SharedQuestions questions, ChannelWriter<FinishedPair> finished, RunStages stages)
    {
        SoughtAnswer outcome;
        try
        {
            outcome = await AskAsync(asker, prompt, stages);
        }
        catch
        {
            questions.Abandon(asker);
            throw;
        }

        var pair = PairOf(asker, outcome);
        var others = questions.Settle(asker, outcome.Reply.TryGet(out var given, out _) ? given : null, pair.Pair.Id);
        await KeepAsync(pair, finished, stages);
        foreach (var other in others)
        {
            await KeepAsync(given is null ? PairOf(other, outcome with { Kept = null }) : maker.FromShared(other.Open, given, other.Asked, asker.Item), finished, stages);
        }
    }

    private async Task<FinishedPair> RepeatAsync(Asker asker, KnownAnswer known, ModelPrompt prompt, SharedQuestions questions, RunStages stages)
    {
        if (known is { Reply: { } held, Item: { } of }) return maker.FromShared(asker.Open, held, asker.Asked, of);
        if (await _recall.FindAsync(known.Pair, asker.Asked.PromptHash!, stages.Begin) is not { Reply: { } reply, Item: { } item } found)
        {
            return PairOf(asker, await AskAsync(asker, prompt, stages));
        }

        questions.Keep(asker, found);
        return maker.FromShared(asker.Open, reply, asker.Asked, item);
    }

    private Task<SoughtAnswer> AskAsync(Asker asker, ModelPrompt prompt, RunStages stages) =>
        answers.FindAsync(asker.Open.Item.Ref, asker.Asked.PromptHash!, prompt, stages);

    private FinishedPair PairOf(Asker asker, SoughtAnswer outcome) => outcome.Reply.TryGet(out var given, out var unasked)
        ? maker.FromReply(asker.Open, given, asker.Asked) with { Kept = outcome.Kept }
        : maker.Failed(asker.Open.Item, asker.Open.Question, new GenerationError(unasked.Code, unasked.Message), asker.Open.Replaces);

    // An answer that was paid for is kept, also when the run is stopped just now.
    private static ValueTask KeepAsync(FinishedPair pair, ChannelWriter<FinishedPair> finished, RunStages stages) =>
        finished.TryWrite(pair) ? ValueTask.CompletedTask : finished.WriteAsync(pair, stages.Stop);
}
