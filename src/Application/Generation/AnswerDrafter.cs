using System.Threading.Channels;
using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>The second stage of a run: asks a model about every open item, many at once, each answer bound to the item it was asked for.</summary>
internal sealed class AnswerDrafter(
    ModelCalls calls, FewShotExamples examples, PromptImages images, IRunJournal journal, GenerationRecipe recipe, PairMaker maker)
{
    private readonly ModelSettings _settings = new(recipe.Model, recipe.Temperature, recipe.MaxTokens, recipe.Template.OutputSchema);

    /// <summary>Answers items until there are no more.</summary>
    public async Task DraftAsync(ChannelReader<OpenItem> open, ChannelWriter<FinishedPair> finished, RunStages stages)
    {
        // Not ReadAllAsync, whose waits end on the thread pool whatever runs here: simulated runs could not be replayed.
        while (!open.Completion.IsCompleted && await open.WaitToReadAsync(stages.Begin))
        {
            while (open.TryRead(out var item))
            {
                var pair = await DraftAsync(item, stages);
                // An answer that was paid for is kept, also when the run is stopped just now.
                if (!finished.TryWrite(pair)) await finished.WriteAsync(pair, stages.Stop);
            }
        }
    }

    private async Task<FinishedPair> DraftAsync(OpenItem open, RunStages stages)
    {
        var question = open.Question.Conversation;
        var prompt = new ModelPrompt(question.System, await examples.FindAsync(open.Question, stages.Begin), question.User);
        var hash = PromptHash.Of(prompt, _settings);
        var metadata = new GenerationMetadata
        {
            TemplateVersion = recipe.Template.Version,
            PromptHash = hash,
            FewShotRefs = [.. prompt.Examples.Select(example => example.Item).OfType<string>()],
        };
        // Paid for by a run that died before its pair was stored, and never counted.
        if (journal.Find(open.Item.Ref, hash, _settings) is { } paid) return maker.FromReply(open, paid.Reply, metadata) with { Kept = paid };
        if (!(await images.InlineAsync(prompt, stages.Begin)).TryGet(out var shown, out var unreadable))
        {
            return maker.Failed(open.Item, open.Question, new GenerationError(unreadable.Code, unreadable.Message), open.Replaces);
        }

        var reply = await calls.AskAsync(shown, _settings, stages.Stop, stages.Begin);
        // What has no answer is asked again by whoever goes on, journal or not.
        var kept = reply.Answer is null ? null : await journal.KeepAsync(open.Item.Ref, hash, reply);
        return maker.FromReply(open, reply, metadata) with { Kept = kept };
    }
}
