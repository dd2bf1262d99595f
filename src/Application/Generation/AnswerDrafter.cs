using System.Threading.Channels;
using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>The second stage of a run: asks a model about every open item, many at once, each answer bound to the item it was asked for.</summary>
internal sealed class AnswerDrafter(
    ModelCalls calls, FewShotExamples examples, PromptImages images, GenerationRecipe recipe, PairMaker maker)
{
    private readonly ModelSettings _settings = new(recipe.Model, recipe.Temperature, recipe.MaxTokens, recipe.Template.OutputSchema);

    /// <summary>Answers items until there are no more.</summary>
    public async Task DraftAsync(ChannelReader<OpenItem> open, ChannelWriter<FinishedPair> finished, CancellationToken cancellationToken)
    {
        // Not ReadAllAsync, whose waits end on the thread pool whatever runs here: simulated runs could not be replayed.
        while (await open.WaitToReadAsync(cancellationToken))
        {
            while (open.TryRead(out var item))
            {
                var pair = await DraftAsync(item, cancellationToken);
                // An answer that was paid for is kept, also when the run is stopped just now.
                if (!finished.TryWrite(pair)) await finished.WriteAsync(pair, cancellationToken);
            }
        }
    }

    private async Task<FinishedPair> DraftAsync(OpenItem open, CancellationToken cancellationToken)
    {
        var question = open.Question.Conversation;
        var prompt = new ModelPrompt(question.System, await examples.FindAsync(open.Question, cancellationToken), question.User);
        var metadata = new GenerationMetadata
        {
            TemplateVersion = recipe.Template.Version,
            PromptHash = PromptHash.Of(prompt, _settings),
            FewShotRefs = [.. prompt.Examples.Select(example => example.Item).OfType<string>()],
        };
        if (!(await images.InlineAsync(prompt, cancellationToken)).TryGet(out var shown, out var unreadable))
        {
            return maker.Failed(open.Item, open.Question, new GenerationError(unreadable.Code, unreadable.Message), open.Replaces);
        }

        return maker.FromReply(open, await calls.AskAsync(shown, _settings, cancellationToken), metadata);
    }
}
