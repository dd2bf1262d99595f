using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.TrainingSheets;

/// <summary>
/// The set of pairs from one generation, by its counts and its provenance; the pairs are aggregates of their own, since there
/// may be a million. Immutable: every transition makes the next training sheet, or says why it is refused.
/// </summary>
public sealed record TrainingSheet
{
    private readonly TrainingSheetState _state;

    private TrainingSheet(TrainingSheetState state) => _state = state;

    /// <summary>The id.</summary>
    public TrainingSheetId Id => _state.Id;

    /// <summary>Where it stands.</summary>
    public TrainingSheetStatus Status => _state.Status;

    /// <summary>The pairs there are, by status.</summary>
    public PairTally Tally => _state.Tally;

    /// <summary>What it is made from.</summary>
    public GenerationRecipe Recipe => _state.Recipe;

    /// <summary>Who is at work on it.</summary>
    public RunLease Lease => _state.Lease;

    /// <summary>Everything it is.</summary>
    public TrainingSheetState State => _state;

    /// <summary>A training sheet whose generation begins.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="name">What people call it; made from sheet and template when blank.</param>
    /// <param name="recipe">What it is made from.</param>
    /// <param name="mode">Where it runs; never <see cref="ExecutionMode.Auto"/>.</param>
    /// <param name="totalItems">How many items there are.</param>
    /// <param name="by">Who asked for it.</param>
    /// <param name="at">When.</param>
    public static TrainingSheet Begin(
        TrainingSheetId id, string? name, GenerationRecipe recipe, ExecutionMode mode, long totalItems, string by, DateTimeOffset at) => Restore(new()
        {
            Id = id,
            Name = string.IsNullOrWhiteSpace(name) ? $"{recipe.Sheet.Name} / {recipe.Template.Name}" : name,
            Recipe = recipe,
            Status = TrainingSheetStatus.Generating,
            Mode = mode,
            Statistics = new GenerationStatistics { TotalItems = totalItems },
            CreatedAt = at,
            CreatedBy = by,
        });

    /// <summary>The training sheet that a store kept.</summary>
    /// <exception cref="FormatException">What was kept is no legal training sheet; the message names the rule.</exception>
    public static TrainingSheet Restore(TrainingSheetState state)
    {
        var broken = state switch
        {
            { Mode: ExecutionMode.Auto } => "it runs here or in a job.",
            { Status: TrainingSheetStatus.Failed, StatusReason: null } => "a failed one says why.",
            { Status: not TrainingSheetStatus.Failed, StatusReason: not null } => "only a failed one says why.",
            { Status: TrainingSheetStatus.Review, Tally.HasOpen: false } => "one in review has an open pair.",
            { Status: TrainingSheetStatus.Approved or TrainingSheetStatus.Trained, Tally.HasOpen: true } => "an approved one has no open pair.",
            { Status: not TrainingSheetStatus.Generating, Lease.Run: not null } => "only one that is generating has a run at work.",
            _ => null,
        };
        return broken is null ? new(state) : throw new FormatException($"The training sheet '{state.Id}' is illegal: {broken}");
    }

    /// <summary>Notes the job's own id of the run.</summary>
    public Result<TrainingSheet> LaunchedAs(string jobRunId) => Status is TrainingSheetStatus.Generating
        ? With(_state with { JobRunId = jobRunId })
        : TrainingSheetErrors.CannotMove(Status, TrainingSheetStatus.Generating);

    /// <summary>Gives it to a run; the one that had it may write nothing more.</summary>
    /// <param name="run">The run.</param>
    /// <param name="at">When.</param>
    public Result<TrainingSheet> TakenBy(Guid run, DateTimeOffset at) => Leased(_state.Lease.Taken(run, at));

    /// <summary>Takes it from whoever has it, for a run that is to come.</summary>
    public Result<TrainingSheet> Awaiting(DateTimeOffset at) => Leased(_state.Lease.Awaited(at));

    /// <summary>Notes that its run is alive, or expected.</summary>
    public Result<TrainingSheet> Seen(DateTimeOffset at) => Leased(_state.Lease.Seen(at));

    /// <summary>Lets it go on generating by whoever takes it next.</summary>
    public Result<TrainingSheet> Released() => Leased(_state.Lease.Released());

    /// <summary>Counts pairs that were written.</summary>
    /// <param name="written">The pairs by their status.</param>
    /// <param name="replaced">Pairs of an earlier run that these took the place of.</param>
    /// <param name="work">What it took.</param>
    public Result<TrainingSheet> Record(PairTally written, PairTally replaced, GenerationStatistics work) => Status is TrainingSheetStatus.Generating
        ? With(_state with { Tally = _state.Tally - replaced + written, Statistics = _state.Statistics + work })
        : TrainingSheetErrors.CannotMove(Status, TrainingSheetStatus.Generating);

    /// <summary>Forgets the job's run, which is over or was never this generation's.</summary>
    public Result<TrainingSheet> LeftByJob() => Status is TrainingSheetStatus.Generating
        ? With(_state with { JobRunId = null })
        : TrainingSheetErrors.CannotMove(Status, TrainingSheetStatus.Generating);

    /// <summary>Takes the counts as the pairs themselves say they are, for a store that cannot commit both together.</summary>
    public Result<TrainingSheet> Recount(PairTally tally) => Status is TrainingSheetStatus.Generating or TrainingSheetStatus.Failed
        ? With(_state with { Tally = tally })
        : TrainingSheetErrors.CannotMove(Status, TrainingSheetStatus.Generating);

    /// <summary>Every item has its pair: to review while some pair is open, else approved.</summary>
    public Result<TrainingSheet> Complete() => Status is TrainingSheetStatus.Generating
        ? With(_state with { Status = Settled(_state.Tally), Lease = _state.Lease.Released() })
        : TrainingSheetErrors.CannotMove(Status, TrainingSheetStatus.Review);

    /// <summary>The run as a whole ended early. Pairs already written stay.</summary>
    public Result<TrainingSheet> Fail(StatusReason reason) => Status is TrainingSheetStatus.Generating
        ? With(_state with { Status = TrainingSheetStatus.Failed, StatusReason = reason, Lease = _state.Lease.Released() })
        : TrainingSheetErrors.CannotMove(Status, TrainingSheetStatus.Failed);

    /// <summary>Goes on after a failure, or tries again what could not be generated.</summary>
    /// <param name="generationFailures">How many pairs are flagged with a generation error and undecided.</param>
    public Result<TrainingSheet> Resume(long generationFailures) => Status switch
    {
        TrainingSheetStatus.Failed => With(_state with { Status = TrainingSheetStatus.Generating, StatusReason = null }),
        TrainingSheetStatus.Review when generationFailures > 0 => With(_state with { Status = TrainingSheetStatus.Generating }),
        TrainingSheetStatus.Review or TrainingSheetStatus.Approved => TrainingSheetErrors.NothingToResume,
        _ => TrainingSheetErrors.CannotMove(Status, TrainingSheetStatus.Generating),
    };

    /// <summary>Whether its pairs may be decided on; the refusal when not.</summary>
    public Error? RefusesReview() => Status is TrainingSheetStatus.Review or TrainingSheetStatus.Approved ? null : TrainingSheetErrors.NotOpenToReview(Status);

    /// <summary>
    /// Takes the counts of pairs that were decided on: approved when none is open, in review when some is. A trained one takes counts that leave it without an open pair.
    /// </summary>
    /// <param name="counted">The pairs by status, as they are.</param>
    public Result<TrainingSheet> Settle(PairTally counted) => Status switch
    {
        TrainingSheetStatus.Review or TrainingSheetStatus.Approved => With(_state with { Tally = counted, Status = Settled(counted) }),
        TrainingSheetStatus.Trained when !counted.HasOpen => With(_state with { Tally = counted }),
        _ => TrainingSheetErrors.NotOpenToReview(Status),
    };

    /// <summary>A model was trained on it; from here on it is frozen.</summary>
    public Result<TrainingSheet> MarkTrained() => Status is TrainingSheetStatus.Approved
        ? With(_state with { Status = TrainingSheetStatus.Trained })
        : TrainingSheetErrors.CannotMove(Status, TrainingSheetStatus.Trained);

    /// <summary>Whether it may be deleted with its pairs; the refusal when not.</summary>
    public Error? RefusesDeletion() => Status switch
    {
        TrainingSheetStatus.Generating => TrainingSheetErrors.AlreadyRunning(Id),
        TrainingSheetStatus.Trained => TrainingSheetErrors.Frozen(Id),
        _ => null,
    };

    private Result<TrainingSheet> Leased(RunLease lease) => Status is TrainingSheetStatus.Generating
        ? With(_state with { Lease = lease })
        : TrainingSheetErrors.CannotMove(Status, TrainingSheetStatus.Generating);

    private static TrainingSheetStatus Settled(PairTally tally) => tally.HasOpen ? TrainingSheetStatus.Review : TrainingSheetStatus.Approved;

    private static TrainingSheet With(TrainingSheetState state) => new(state);
}
