using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Domain.TrainingSheets;

/// <summary>How many pairs a training sheet has, by status. No count is negative, and the total is always their sum.</summary>
public sealed record PairTally
{
    /// <summary>Counts by status.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public PairTally(long labeled, long unlabeled, long rejected, long flagged)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(labeled);
        ArgumentOutOfRangeException.ThrowIfNegative(unlabeled);
        ArgumentOutOfRangeException.ThrowIfNegative(rejected);
        ArgumentOutOfRangeException.ThrowIfNegative(flagged);
        (Labeled, Unlabeled, Rejected, Flagged) = (labeled, unlabeled, rejected, flagged);
    }

    /// <summary>No pair.</summary>
    public static PairTally Empty { get; } = new(0, 0, 0, 0);

    /// <summary>Labelled pairs.</summary>
    public long Labeled { get; }

    /// <summary>Pairs that wait for a decision.</summary>
    public long Unlabeled { get; }

    /// <summary>Rejected pairs.</summary>
    public long Rejected { get; }

    /// <summary>Flagged pairs.</summary>
    public long Flagged { get; }

    /// <summary>All pairs.</summary>
    public long Total => Labeled + Unlabeled + Rejected + Flagged;

    /// <summary>Whether some pair is unlabelled or flagged.</summary>
    public bool HasOpen => Unlabeled + Flagged > 0;

    /// <summary>The tally of <paramref name="statuses"/>.</summary>
    public static PairTally Of(IEnumerable<QAPairStatus> statuses)
    {
        Span<long> counts = stackalloc long[4];
        foreach (var status in statuses) counts[(int)status]++;
        return new(counts[(int)QAPairStatus.Labeled], counts[(int)QAPairStatus.Unlabeled], counts[(int)QAPairStatus.Rejected], counts[(int)QAPairStatus.Flagged]);
    }

    /// <summary>The pairs of both tallies.</summary>
    public static PairTally operator +(PairTally left, PairTally right) => new(
        left.Labeled + right.Labeled, left.Unlabeled + right.Unlabeled, left.Rejected + right.Rejected, left.Flagged + right.Flagged);

    /// <summary>The pairs of <paramref name="left"/> without those of <paramref name="right"/>.</summary>
    public static PairTally operator -(PairTally left, PairTally right) => new(
        left.Labeled - right.Labeled, left.Unlabeled - right.Unlabeled, left.Rejected - right.Rejected, left.Flagged - right.Flagged);
}
