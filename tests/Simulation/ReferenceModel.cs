using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Simulation.Tests.Worlds;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Simulation.Tests;

/// <summary>What must come out for an item.</summary>
internal sealed record Expected(QAPairStatus Status, string? Answer = null, string? Error = null, CanonicalLabelId? Label = null);

/// <summary>
/// Says what must come out of a world, whatever happens on the way: the product in a hundred lines, without time, faults, limits, concurrency or a store.
/// </summary>
internal sealed class ReferenceModel
{
    // What an item may be flagged with for the time being; a later run tries it again.
    private static readonly HashSet<string> Passing = ["retries_exhausted"];

    private readonly Dictionary<string, Expected> _expected;

    public ReferenceModel(World world)
    {
        Items = Math.Min(world.Items.Count, world.Limit ?? int.MaxValue);
        var items = Enumerable.Range(0, Items).Select(i => (Ref: RefOf(i), Spec: world.Items[i], Expected: Expect(world, i))).ToList();
        _expected = items.ToDictionary(item => item.Ref, item => item.Expected);
        Labelled = items.Count(item => item.Expected.Label is not null);
        Questions = items.Where(item => IsAsked(world, item.Spec)).GroupBy(item => QuestionOf(item.Spec)).ToDictionary(same => same.Key, same => same.Count());
    }

    /// <summary>How many pairs there must be in the end.</summary>
    public int Items { get; }

    /// <summary>How many of them are an expert's.</summary>
    public int Labelled { get; }

    /// <summary>Everything a model may be asked, and how many items ask it.</summary>
    public IReadOnlyDictionary<string, int> Questions { get; }

    public static string RefOf(int item) => $"item-{item:D3}";

    public static string NoteOf(ItemSpec item) => item.Blank ? "  " : $"note {item.Question}";

    public static string QuestionOf(ItemSpec item) => $"Which defect is it? {NoteOf(item)}";

    /// <summary>What the schema takes: right answers and what stands in columns, but no wrong answer.</summary>
    public const string Schema = """{"type":"string","pattern":"^(answer to|given for) "}""";

    public const string WrongAnswer = "wrong words";

    public static string AnswerTo(string question) => $"answer to {question}";

    public static string LabelOf(int item) => $"label of {RefOf(item)}";

    public static string? GivenOf(int item, ItemSpec spec) => spec.Given ? $"given for {RefOf(item)}" : null;

    /// <summary>Why a pair of this item may not be as it is; null when it may. <paramref name="settled"/> is for a training sheet that is done.</summary>
    public string? Objects(string item, QAPairState pair, bool settled)
    {
        if (!_expected.TryGetValue(item, out var expected)) return $"{item} is no item";
        var error = pair.Metadata.Error?.Code;
        if (!settled && error is not null && Passing.Contains(error) && pair.Status is QAPairStatus.Flagged && expected.Label is null) return null;
        if (pair.SequenceNumber != int.Parse(item[5..], System.Globalization.CultureInfo.InvariantCulture)) return $"{item} has the place {pair.SequenceNumber}";
        var is_ = new Expected(pair.Status, pair.Conversation.Assistant, error, pair.CanonicalLabelId);
        return is_ == expected ? null : $"{item} is {is_}, not {expected}";
    }

    /// <summary>Whether an item of this error is tried until it is another.</summary>
    public static bool Passes(string? error) => error is not null && Passing.Contains(error);

    /// <summary>Whether answers are paid for a question that breaks the schema all the same.</summary>
    public static bool FailsInTheEnd(World world, string question) => world.HasSchema && OutcomeOf(world, question) is Outcome.AlwaysWrong;

    /// <summary>How many answers a question is paid for, where nothing goes wrong but the answer.</summary>
    public static int AnswersOf(World world, string question) => world.HasSchema && OutcomeOf(world, question) is Outcome.WrongAtFirst or Outcome.AlwaysWrong ? 2 : 1;

    /// <summary>The outcome of a question by its text.</summary>
    public static Outcome OutcomeOf(World world, string question) =>
        world.Outcomes[int.Parse(question[(question.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture)];

    private static bool IsAsked(World world, ItemSpec item) => world.Mode is LabelingMode.AiGenerated && item is { Damaged: false, Labelled: false, Blank: false };

    private static Expected Expect(World world, int number)
    {
        var item = world.Items[number];
        if (item.Damaged) return new(QAPairStatus.Flagged, Error: "content_unreadable");
        if (item.Labelled) return new(QAPairStatus.Labeled, LabelOf(number), Label: LabelBuilder.Key(RefOf(number)).ToId());
        if (item.Blank) return new(QAPairStatus.Flagged, Error: "empty_prompt_data");
        if (world.Mode is LabelingMode.Manual) return new(QAPairStatus.Unlabeled);
        if (world.Mode is LabelingMode.ExistingColumn)
        {
            return GivenOf(number, item) is { } given
                ? new(world.TrustGiven ? QAPairStatus.Labeled : QAPairStatus.Unlabeled, given)
                : new(QAPairStatus.Flagged, Error: "empty_response");
        }

        return OutcomeOf(world, QuestionOf(item)) switch
        {
            Outcome.WrongAtFirst or Outcome.AlwaysWrong when !world.HasSchema => new(QAPairStatus.Unlabeled, WrongAnswer),
            Outcome.AlwaysWrong => new(QAPairStatus.Flagged, Error: "schema_mismatch"),
            Outcome.Answer or Outcome.WrongAtFirst => new(QAPairStatus.Unlabeled, AnswerTo(QuestionOf(item))),
            Outcome.Refused => new(QAPairStatus.Flagged, Error: "model_refused"),
            Outcome.CutOff => new(QAPairStatus.Flagged, Error: "length"),
            Outcome.Filtered => new(QAPairStatus.Flagged, Error: "content_filter"),
            _ => new(QAPairStatus.Flagged, Error: "empty_answer"),
        };
    }
}
