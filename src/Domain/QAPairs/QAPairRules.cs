namespace Mirion.Generation.Domain.QAPairs;

/// <summary>What holds of every legal pair, whatever happened to it.</summary>
internal static class QAPairRules
{
    /// <summary>The first rule that <paramref name="state"/> breaks, or null when it is legal.</summary>
    public static string? FirstBroken(QAPairState state)
    {
        var answered = state.Conversation.Assistant is not null;
        return state switch
        {
            { SequenceNumber: < 0 } => "items are counted from 0.",
            { Revision: < 0 } => "decisions are counted from 0.",
            { Conversation.Assistant: { } answer } when string.IsNullOrWhiteSpace(answer) => "an answer is not blank.",
            { Status: QAPairStatus.Labeled } when !answered => "a labelled pair has an answer.",
            { Status: QAPairStatus.Labeled, Decision: null } => "a labelled pair names who labelled it, and when.",
            { Status: QAPairStatus.Labeled, CanonicalLabelId: null, LabelingMode: not LabelingMode.ExistingColumn } => "a labelled pair names its canonical label.",
            { LabelingMode: LabelingMode.Canonical, CanonicalLabelId: null } => "a canonical pair names its canonical label.",
            { Status: QAPairStatus.Unlabeled, Decision: not null } => "an unlabelled pair has no decision.",
            { Status: QAPairStatus.Rejected, Decision: null } => "a rejected pair names who rejected it, and when.",
            { Status: QAPairStatus.Flagged, Decision: null, Metadata.Error: null } => "a flagged pair names an error or who flagged it.",
            { Status: QAPairStatus.Flagged, Decision: null } when answered => "a pair that could not be generated has no answer.",
            { Status: QAPairStatus.Unlabeled, Metadata.Error: not null } => "an unlabelled pair has no generation error.",
            { Status: QAPairStatus.Unlabeled, LabelingMode: not LabelingMode.Manual } when !answered => "only a manual pair waits without an answer.",
            _ => null,
        };
    }
}
