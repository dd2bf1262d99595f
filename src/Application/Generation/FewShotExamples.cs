using Mirion.Generation.Application.Generation.FewShot;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Application.Generation;

/// <summary>
/// Finds, for a question, the most similar labelled items of the same sheet and label type whose labels may be used for few-shot.
/// They are read when the first question is asked, so a run that asks none reads none.
/// </summary>
internal sealed class FewShotExamples(ISheetSource source, ICanonicalLabelRepository labels, PreparedRecipe prepared, int count, int pageSize)
{
    private readonly Lock _gate = new();
    private Task<FewShotIndex>? _index;

    /// <summary>The examples to put before <paramref name="question"/>, most similar first; those the template itself brings come before them.</summary>
    public async Task<IReadOnlyList<PromptExample>> FindAsync(ItemQuestion question, CancellationToken cancellationToken)
    {
        var own = prepared.Recipe.Template.Examples.Select(example => new PromptExample(MessageContent.Of(example.Input), example.Output));
        if (count == 0) return [.. own];
        var index = await BuildOnce(cancellationToken);
        return [.. own, .. index.MostSimilar(question.Conversation.User.Text, count)];
    }

    // All who ask are of one run and stop together, so the first one's token will do for the others.
    private Task<FewShotIndex> BuildOnce(CancellationToken cancellationToken)
    {
        lock (_gate) return _index ??= BuildAsync(cancellationToken);
    }

    private async Task<FewShotIndex> BuildAsync(CancellationToken cancellationToken)
    {
        var builder = new FewShotIndexBuilder();
        var page = new List<CanonicalLabel>(pageSize);
        var recipe = prepared.Recipe;
        await foreach (var label in labels.StreamAsync(recipe.Sheet.Id, recipe.Template.LabelType, cancellationToken))
        {
            if (label.Usage.Permits(Uses.FewShot)) page.Add(label);
            if (page.Count < pageSize) continue;
            await AddAsync(builder, page, cancellationToken);
            page.Clear();
        }

        if (page.Count > 0) await AddAsync(builder, page, cancellationToken);
        return builder.Build();
    }

    private async Task AddAsync(FewShotIndexBuilder builder, List<CanonicalLabel> page, CancellationToken cancellationToken)
    {
        var items = await source.ReadItemsAsync(prepared.Recipe.Sheet, prepared.Columns, [.. page.Select(label => label.Key.ItemRef)], cancellationToken);
        var byRef = items.ToDictionary(item => item.Ref);
        foreach (var label in page)
        {
            // A labelled item that has gone from the source, or cannot be rendered, is no example.
            if (!byRef.TryGetValue(label.Key.ItemRef, out var item) || prepared.Ask(item) is not { Error: null } question) continue;
            builder.Add(label.Key.ItemRef, question.Conversation.User, label.Data.Answer);
        }
    }
}
