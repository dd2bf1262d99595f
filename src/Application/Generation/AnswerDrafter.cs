using System.Threading.Channels;
using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Generation.Calls.Sharing;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>The second stage of a run: asks a model about every open item, many at once, each answer bound to the items it was asked for.</summary>
/// <param name="calls">What asks the model.</param>
/// <param name="shared">What has equal questions asked once; null where each is to be asked.</param>
/// <param name="pairs">Where answers stand that are no longer held in memory.</param>
/// <param name="examples">What is put before a question.</param>
/// <param name="images">What puts the bytes of images into a question.</param>
/// <param name="journal">Where answers are kept until their pairs are stored.</param>
/// <param name="recipe">What the run is made from.</param>
/// <param name="maker">What makes the pairs.</param>
internal sealed class AnswerDrafter(
    ModelCalls calls,
    SharedQuestions? shared,
    IQAPairRepository pairs,
    FewShotExamples examples,
    PromptImages images,
    IRunJournal journal,
    GenerationRecipe recipe,
    PairMaker maker)
{
    private readonly ModelSettings _settings = SettingsOf(recipe);
    private readonly AnswerRecall _recall = new(pairs, SettingsOf(recipe));

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
            PromptHash = PromptHash.Of(prompt, _settings),
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
        Outcome outcome;
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

    private async Task<Outcome> AskAsync(Asker asker, ModelPrompt prompt, RunStages stages)
    {
        var (item, hash) = (asker.Open.Item.Ref, asker.Asked.PromptHash!);
        // Paid for by a run that died before its pair was stored, and never counted.
        if (journal.Find(item, hash, _settings) is { } paid) return new(paid.Reply, paid);
        if (!(await images.InlineAsync(prompt, stages.Begin)).TryGet(out var shown, out var unreadable)) return new(unreadable, Kept: null);
        var reply = await calls.AskAsync(shown, _settings, stages.Stop, stages.Begin);
        // What has no answer is asked again by whoever goes on, journal or not.
        return new(reply, reply.Answer is null ? null : await journal.KeepAsync(item, hash, reply));
    }

    private FinishedPair PairOf(Asker asker, Outcome outcome) => outcome.Reply.TryGet(out var given, out var unasked)
        ? maker.FromReply(asker.Open, given, asker.Asked) with { Kept = outcome.Kept }
        : maker.Failed(asker.Open.Item, asker.Open.Question, new GenerationError(unasked.Code, unasked.Message), asker.Open.Replaces);

    // An answer that was paid for is kept, also when the run is stopped just now.
    private static ValueTask KeepAsync(FinishedPair pair, ChannelWriter<FinishedPair> finished, RunStages stages) =>
        finished.TryWrite(pair) ? ValueTask.CompletedTask : finished.WriteAsync(pair, stages.Stop);

    private static ModelSettings SettingsOf(GenerationRecipe recipe) => new(recipe.Model, recipe.Temperature, recipe.MaxTokens, recipe.Template.OutputSchema);

    /// <summary>What came of asking about an item.</summary>
    /// <param name="Reply">The reply, or why nothing could be asked.</param>
    /// <param name="Kept">Where the journal has it.</param>
    private readonly record struct Outcome(Result<ModelReply> Reply, KeptAnswer? Kept);
}
