using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Domain.UnitTests.TrainingSheets;

public sealed class TrainingSheetRestoreTests
{
    private static readonly TrainingSheetState Generating = TrainingSheetBuilder.Generating().State;
    private static readonly StatusReason Reason = new("cancelled", "It was cancelled.");
    private static readonly PairTally Open = PairTally.Of([QAPairStatus.Unlabeled]);
    private static readonly PairTally Flagged = PairTally.Of([QAPairStatus.Flagged]);

    private static readonly TestCaseData[] Broken =
    [
        Case.Expecting(Generating with { Mode = ExecutionMode.Auto }, "runs here or in a job"),
        Case.Expecting(Generating with { Status = TrainingSheetStatus.Failed }, "a failed one says why"),
        Case.Expecting(Generating with { StatusReason = Reason }, "only a failed one says why"),
        Case.Expecting(Generating with { Status = TrainingSheetStatus.Review }, "one in review has an open pair"),
        Case.Expecting(Generating with { Status = TrainingSheetStatus.Approved, Tally = Open }, "approved one has no open pair"),
        Case.Expecting(Generating with { Status = TrainingSheetStatus.Approved, Tally = Flagged }, "approved one has no open pair"),
        Case.Expecting(Generating with { Status = TrainingSheetStatus.Trained, Tally = Open }, "approved one has no open pair"),
    ];

    private static readonly TestCaseData[] Legal =
    [
        Case.Of(Generating),
        Case.Of(Generating with { Tally = Open, JobRunId = "run-1", Mode = ExecutionMode.Job }),
        Case.Of(Generating with { Status = TrainingSheetStatus.Failed, StatusReason = Reason, Tally = Open }),
        Case.Of(Generating with { Status = TrainingSheetStatus.Review, Tally = Flagged }),
        Case.Of(Generating with { Status = TrainingSheetStatus.Approved }),
        Case.Of(Generating with { Status = TrainingSheetStatus.Trained, Tally = PairTally.Of([QAPairStatus.Labeled, QAPairStatus.Rejected]) }),
    ];

    [TestCaseSource(nameof(Broken))]
    public void Restore_WhenTheStateBreaksARule_ThrowsAndNamesIt(TrainingSheetState state, string rule) =>
        Assert.That(() => TrainingSheet.Restore(state), Throws.TypeOf<FormatException>().With.Message.Contains(rule).And.Message.Contains("'ts-1'"));

    [TestCaseSource(nameof(Legal))]
    public void Restore_WhenTheStateIsLegal_IsTheTrainingSheet(TrainingSheetState state) => Assert.That(TrainingSheet.Restore(state).State, Is.EqualTo(state));
}
