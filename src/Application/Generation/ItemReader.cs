using System.Threading.Channels;
using Mirion.Generation.Application.Generation.Telemetry;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.Generation;

/// <summary>
/// The first stage of a run: reads items page by page, skips what is done, looks up canonical labels once a page, renders, and parts
/// the items that are done with that from those a model must be asked about.
/// </summary>
internal sealed class ItemReader(ISheetSource source, ICanonicalLabelRepository labels, IQAPairRepository pairs, PreparedRecipe prepared, PairMaker maker)
{
    /// <summary>Reads every item of the sheet. Slows down with whoever reads the channels, which are bounded.</summary>
    public async Task ReadAsync(
        TrainingSheet sheet, int pageSize, ChannelWriter<OpenItem> open, ChannelWriter<FinishedPair> finished, CancellationToken cancellationToken)
    {
        var recipe = prepared.Recipe;
        await using var earlier = new FinishedItems(
            sheet.Tally.Total == 0 ? null : pairs.StreamMarksAsync(sheet.Id, cancellationToken).GetAsyncEnumerator(cancellationToken));
        await using var lookup = labels.BeginLookup(recipe.Sheet.Id, recipe.Template.LabelType, sheet.State.Statistics.TotalItems);
        var reading = new SheetReading(recipe.Sheet, prepared.Columns, recipe.Config.Limit, pageSize);
        await foreach (var page in source.ReadPagesAsync(reading, cancellationToken))
        {
            using var span = GenerationTelemetry.StartPage(page.Count);
            var missing = new List<(SheetItem Item, bool Replaces)>(page.Count);
            foreach (var item in page)
            {
                if (await earlier.FindAsync(item.Ref) is var found and not EarlierPair.Done) missing.Add((item, found is EarlierPair.Failed));
            }

            if (missing.Count == 0) continue;
            var known = await lookup.FindAsync(missing.ConvertAll(entry => entry.Item.Ref), cancellationToken);
            for (var i = 0; i < missing.Count; i++)
            {
                var (item, replaces) = missing[i];
                var question = prepared.Ask(item);
                if (maker.WithoutModel(item, question, known[i], replaces) is { } pair)
                {
                    await HandOnAsync(pair, finished, cancellationToken);
                }
                else
                {
                    await open.WriteAsync(new OpenItem(item, question, replaces), cancellationToken);
                }
            }
        }
    }

    // Waits for room rather than for its turn to write: a writer that waits is woken for every single pair that is taken out.
    private static async ValueTask HandOnAsync(FinishedPair pair, ChannelWriter<FinishedPair> finished, CancellationToken cancellationToken)
    {
        while (!finished.TryWrite(pair))
        {
            if (!await finished.WaitToWriteAsync(cancellationToken)) throw new ChannelClosedException();
        }
    }
}
