using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Domain.QAPairs;

/// <summary>
/// A chat example made from one item, with the quality and the uses that are known of it. Immutable: a decision makes
/// the next pair. The factories and <see cref="Restore"/> are the only ways in, so an illegal pair cannot be built.
/// </summary>
public sealed record QAPair
{
    private readonly QAPairState _state;

    private QAPair(QAPairState state)
    {
        _state = state;
        Id = QAPairId.For(state.TrainingSheetId, state.ItemRef);
    }

    /// <summary>The id, which follows from training sheet and item.</summary>
    public QAPairId Id { get; }

    /// <summary>Everything else the pair is.</summary>
    public QAPairState State => _state;

    /// <summary>The quality of the pair.</summary>
    public QAPairStatus Status => _state.Status;

    /// <summary>How many decisions were taken on it; every one raises it.</summary>
    public int Revision => _state.Revision;

    /// <summary>Whether the pair is flagged because it could not be generated, and nobody has decided on it since.</summary>
    public bool FailedToGenerate => Status is QAPairStatus.Flagged && _state.Metadata.Error is not null && _state.Decision is null;

    /// <summary>The pair whose answer is an expert's label: labelled, by whom and when the label was, under its constraints.</summary>
    public static QAPair FromCanonicalLabel(PairOrigin origin, CanonicalLabel label) => Made(origin.ToState(
        origin.Question with { Assistant = label.Data.Answer },
        QAPairStatus.Labeled,
        LabelingMode.Canonical,
        label.Usage,
        label.Id,
        new PairDecision(label.LabeledBy, label.LabeledAt)));

    /// <summary>The pair whose answer a model drafted: it waits for review.</summary>
    /// <exception cref="ArgumentException">The answer is blank; that is a failure, see <see cref="Failed"/>.</exception>
    public static QAPair FromModel(PairOrigin origin, string answer)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(answer);
        return Made(origin.ToState(
            origin.Question with { Assistant = answer }, QAPairStatus.Unlabeled, LabelingMode.AiGenerated, origin.DefaultUsage));
    }

    /// <summary>The pair whose answer a person will write.</summary>
    public static QAPair AwaitingAnswer(PairOrigin origin) =>
        Made(origin.ToState(
            origin.Question with { Assistant = null }, QAPairStatus.Unlabeled, LabelingMode.Manual, origin.DefaultUsage));

    /// <summary>The pair whose answer stood in a column of the item.</summary>
    /// <param name="origin">Item and question.</param>
    /// <param name="answer">The column's text; never blank.</param>
    /// <param name="trusted">Who vouches for the column and when, or null when the pair waits for review.</param>
    /// <exception cref="ArgumentException">The answer is blank; that is a failure, see <see cref="Failed"/>.</exception>
    public static QAPair FromExistingColumn(PairOrigin origin, string answer, PairDecision? trusted)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(answer);
        var status = trusted is null ? QAPairStatus.Unlabeled : QAPairStatus.Labeled;
        return Made(origin.ToState(origin.Question with { Assistant = answer }, status, LabelingMode.ExistingColumn, origin.DefaultUsage, decision: trusted));
    }

    /// <summary>The pair of an item that got no answer: flagged, with the reason in its metadata.</summary>
    /// <param name="origin">Item and question; its metadata names the error.</param>
    /// <param name="mode">How the answer was to be had.</param>
    /// <exception cref="ArgumentException">The metadata names no error, or the mode is canonical.</exception>
    public static QAPair Failed(PairOrigin origin, LabelingMode mode)
    {
        if (origin.Metadata.Error is null || mode is LabelingMode.Canonical)
        {
            throw new ArgumentException("A pair fails with an error, and never when it has a canonical label.", nameof(origin));
        }

        return Made(origin.ToState(origin.Question with { Assistant = null }, QAPairStatus.Flagged, mode, origin.DefaultUsage));
    }

    /// <summary>The pair that a store kept.</summary>
    /// <exception cref="FormatException">What was kept is no legal pair; the message names the rule.</exception>
    public static QAPair Restore(QAPairState state) =>
        QAPairRules.FirstBroken(state) is { } rule ? throw new FormatException($"The stored pair of item {state.SequenceNumber} is illegal: {rule}") : new(state);

    /// <summary>The key of the canonical label that holds this pair's answer to <paramref name="labelType"/>.</summary>
    public CanonicalLabelKey LabelKey(LabelType labelType) => new(_state.SheetId, _state.ItemRef, labelType);

    /// <summary>
    /// The pair as <paramref name="before"/> had it, for a decision that was stored while the training sheet closed to review. It counts as a decision: a revision names one state.
    /// </summary>
    public QAPair TakenBack(QAPair before) => Made(before._state with { Revision = Revision + 1 });

    /// <summary>Takes the answer as it is. <paramref name="label"/> is the canonical label that now holds it.</summary>
    public Result<QAPair> Approve(CanonicalLabelId label, string by, DateTimeOffset at)
    {
        if (Status is QAPairStatus.Labeled) return QAPairErrors.AlreadyIs(Status);
        if (_state.Conversation.Assistant is null) return QAPairErrors.NoAnswer;
        return Decide(QAPairStatus.Labeled, new PairDecision(by, at), label, _state.Conversation);
    }

    /// <summary>Replaces the answer and takes it, keeping the messages as they were before the first edit.</summary>
    public Result<QAPair> Edit(string answer, CanonicalLabelId label, string by, DateTimeOffset at)
    {
        if (string.IsNullOrWhiteSpace(answer)) return QAPairErrors.BlankAnswer;
        return Decide(QAPairStatus.Labeled, new PairDecision(by, at), label, _state.Conversation with { Assistant = answer });
    }

    /// <summary>Decides against the pair.</summary>
    public Result<QAPair> Reject(string? reason, string by, DateTimeOffset at) => Status is QAPairStatus.Rejected
        ? QAPairErrors.AlreadyIs(Status)
        : Decide(QAPairStatus.Rejected, new PairDecision(by, at, reason), _state.CanonicalLabelId, _state.Conversation);

    /// <summary>Says that something is wrong with the pair.</summary>
    public Result<QAPair> Flag(string reason, string by, DateTimeOffset at)
    {
        if (string.IsNullOrWhiteSpace(reason)) return QAPairErrors.ReasonMissing;
        if (Status is QAPairStatus.Flagged && !FailedToGenerate) return QAPairErrors.AlreadyIs(Status);
        return Decide(QAPairStatus.Flagged, new PairDecision(by, at, reason), _state.CanonicalLabelId, _state.Conversation);
    }

    // An origin can bring what fits no pair of the kind that is made of it, such as an error beside an answer.
    private static QAPair Made(QAPairState state) => QAPairRules.FirstBroken(state) is { } rule
        ? throw new ArgumentException($"The pair of item {state.SequenceNumber} would be illegal: {rule}", nameof(state))
        : new(state);

    private QAPair Decide(QAPairStatus status, PairDecision decision, CanonicalLabelId? label, Conversation conversation) => Made(_state with
    {
        Status = status,
        Decision = decision,
        Revision = _state.Revision + 1,
        CanonicalLabelId = label,
        Conversation = conversation,
        Original = _state.Original ?? (conversation == _state.Conversation ? null : _state.Conversation),
    });
}
