using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Simulation.Tests.Scheduling;
using Mirion.Generation.Simulation.Tests.Worlds;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Simulation.Tests.Ports;

/// <summary>Looks on while a run goes, and says at once when something is not as it must be at every moment.</summary>
internal sealed class Watch(World world, ReferenceModel reference, InMemoryTrainingSheetRepository store, Scheduler scheduler)
{
    private readonly Dictionary<string, int> _paid = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(long At, int Amount)>> _spent = [];
    private readonly Dictionary<(TrainingSheetId Id, int Epoch), string> _writers = [];
    private readonly HashSet<(TrainingSheetId Id, ItemRef Item, int Calls)> _kept = [];
    private HashSet<QAPairId> _written = [];

    /// <summary>The reference model of the world.</summary>
    public ReferenceModel Reference => reference;

    /// <summary>Attempts that the endpoint was sent.</summary>
    public long Attempts { get; private set; }

    /// <summary>Attempts that the endpoint turned away.</summary>
    public long Rejected { get; set; }

    /// <summary>Answers the endpoint gave, by question.</summary>
    public IReadOnlyDictionary<string, int> Paid => _paid;

    /// <summary>An attempt leaves a process that has so many in flight, this one included.</summary>
    public void Asks(string question, int inFlight)
    {
        Attempts++;
        if (!reference.Questions.ContainsKey(question)) scheduler.Fail($"A model was asked what no open item asks: {question}");
        if (inFlight > world.Settings.MaxConcurrency) scheduler.Fail($"{inFlight} calls are in flight, of at most {world.Settings.MaxConcurrency}");
    }

    /// <summary>An attempt of a process has reached the endpoint, whatever comes of it.</summary>
    public void Reaches(string process)
    {
        if (world.Settings.RequestsPerMinute is not { } budget) return;
        var requests = SpendsInAMinute($"{process}, calls", scheduler.Now, 1);
        if (requests > budget) scheduler.Fail($"{process} sent {requests} calls in a minute, of {budget} that are granted");
    }

    /// <summary>An attempt that a process sent at <paramref name="at"/> has taken so many tokens.</summary>
    public void Took(string process, long at, int tokens)
    {
        if (world.Settings.TokensPerMinute is not { } budget) return;
        var took = SpendsInAMinute($"{process}, tokens", at, tokens);
        if (took > budget) scheduler.Fail($"{process} took {took} tokens in a minute, of {budget} that are granted");
    }

    /// <summary>The endpoint has an answer to give.</summary>
    public void Answers(string question) => _paid[question] = _paid.GetValueOrDefault(question) + 1;

    /// <summary>An answer is kept that was paid for an item: from now on nobody may pay for that again, whoever dies.</summary>
    public void Keeps(TrainingSheetId id, ItemRef item, int calls)
    {
        if (!_kept.Add((id, item, calls)) && !world.HasTwoAtWork) scheduler.Fail($"{item} was asked about again, though its answer was kept");
    }

    /// <summary>A batch is about to be stored.</summary>
    public void Committing() =>
        _written = store.Pairs.Where(pair => !pair.FailedToGenerate).Select(pair => pair.Id).ToHashSet();

    /// <summary>A batch was stored: by the one who may, each pair may be as it is, and took the place of none that was good.</summary>
    public void Committed(string writer, TrainingSheet sheet, IReadOnlyCollection<QAPair> pairs)
    {
        var (id, epoch) = (sheet.Id, sheet.Lease.Epoch);
        if (_writers.TryAdd((id, epoch), writer) && _writers.Keys.Any(other => other.Id == id && other.Epoch > epoch)) scheduler.Fail($"{writer} writes after another took over");
        if (_writers[(id, epoch)] != writer) scheduler.Fail($"{writer} and {_writers[(id, epoch)]} both write");
        foreach (var pair in pairs)
        {
            if (reference.Objects(pair.State.ItemRef.Value, pair.State, settled: false) is { } objection) scheduler.Fail(objection);
            // What failed is asked from the start by whoever resumes, whatever was answered on the way.
            if (pair.FailedToGenerate) _kept.RemoveWhere(kept => kept.Id == id && kept.Item == pair.State.ItemRef);
            if (_written.Contains(pair.Id)) scheduler.Fail($"{pair.State.ItemRef} is written twice");
        }
    }

    /// <summary>Something was stored: the counts are those of the pairs.</summary>
    public void Stored(string what, TrainingSheetId id)
    {
        if (store.FindAsync(id, CancellationToken.None).Result is not { } sheet) return;
        var pairs = PairTally.Of(store.Pairs.Where(pair => pair.State.TrainingSheetId == id).Select(pair => pair.Status));
        scheduler.History.Note(scheduler.Now, "store", $"{what}, {sheet.Status}", sheet.Tally.Total);
        if (sheet.Tally != pairs) scheduler.Fail($"After {what} the counts are {sheet.Tally}, the pairs {pairs}");
        if (sheet.Tally.Total > reference.Items) scheduler.Fail($"There are {sheet.Tally.Total} pairs of {reference.Items} items");
    }

    /// <summary>A training sheet is settled: every item has the pair it must have, and where nothing went wrong nothing was paid twice.</summary>
    public void Settled(TrainingSheet sheet)
    {
        var pairs = store.Pairs.Where(pair => pair.State.TrainingSheetId == sheet.Id).ToList();
        if (pairs.Count != reference.Items) scheduler.Fail($"There are {pairs.Count} pairs of {reference.Items} items");
        foreach (var pair in pairs)
        {
            if (reference.Objects(pair.State.ItemRef.Value, pair.State, settled: true) is { } objection) scheduler.Fail(objection);
        }

        // A reply that is lost leaves a run not knowing what it did.
        var did = sheet.State.Statistics;
        if (did.TotalItems != reference.Items) scheduler.Fail($"{did} counts other items than {reference.Items}");
        if (world.Store.LostReplyShare > 0) return;
        var (generated, failed) = (pairs.Count(pair => pair.State is { LabelingMode: LabelingMode.AiGenerated, Conversation.Assistant: not null }), pairs.Count(pair => pair.FailedToGenerate));
        if ((did.CanonicalReused, did.ModelGenerated, did.FailedItems) != (reference.Labelled, generated, failed))
            scheduler.Fail($"{did} is not what was done: {reference.Labelled} reused, {generated} generated, {failed} failed");
    }

    /// <summary>All is done: where nothing went wrong nothing was paid twice.</summary>
    public void Ended()
    {
        if (!world.IsCalm) return;
        foreach (var (question, items) in reference.Questions)
        {
            var paid = _paid.GetValueOrDefault(question);
            // Equal questions of a run are one question, unless a model is to be free with its answers. One that failed is asked anew for whoever comes later with it.
            var asks = world.Temperature == 0 && !ReferenceModel.FailsInTheEnd(world, question) ? 1 : items;
            if (paid > asks * world.Sheets * ReferenceModel.AnswersOf(world, question)) scheduler.Fail($"{paid} answers were paid for {items} items: {question}");
        }
    }

    // What was spent in the last minute, this included.
    private int SpendsInAMinute(string what, long at, int amount)
    {
        if (!_spent.TryGetValue(what, out var spent)) _spent[what] = spent = [];
        spent.Add((at, amount));
        return spent.Where(use => use.At > scheduler.Now - TimeSpan.TicksPerMinute).Sum(use => use.Amount);
    }
}
