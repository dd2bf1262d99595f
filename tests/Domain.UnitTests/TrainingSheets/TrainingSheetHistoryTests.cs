using CsCheck;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Domain.UnitTests.TrainingSheets;

/// <summary>A training sheet and its pairs, driven by any sequence of operations beside a model that knows only the rules.</summary>
public sealed class TrainingSheetHistoryTests
{
    private enum Operation
    {
        Write,
        Retry,
        Complete,
        Fail,
        Resume,
        Launch,
        Recount,
        Approve,
        Edit,
        Reject,
        Flag,
        MarkTrained,
    }

    private static readonly Gen<(Operation Operation, int Choice)[]> Steps = Gen.Select(Gen.Enum<Operation>(), Gen.Int[0, 999]).Array[1, 80];

    [Test]
    public void EveryHistory_WhenOperatedInAnyOrder_CountsThePairsAndFollowsTheRules() => Steps.Sample(
        steps =>
        {
            var walk = new Walk();
            foreach (var (operation, choice) in steps) walk.Take(operation, choice);
        },
        iter: 300);

    private sealed class Walk
    {
        private List<QAPair> _pairs = [];
        private TrainingSheet _sheet = TrainingSheetBuilder.Generating();
        private TrainingSheetStatus _status = TrainingSheetStatus.Generating;

        private bool HasOpen => _pairs.Any(pair => pair.Status is QAPairStatus.Unlabeled or QAPairStatus.Flagged);

        public void Take(Operation operation, int choice)
        {
            if (operation is Operation.Approve or Operation.Edit or Operation.Reject or Operation.Flag) Decide(operation, choice);
            else Operate(operation, choice);
            AssertInvariants();
        }

        private void Operate(Operation operation, int choice)
        {
            var allowed = operation switch
            {
                Operation.Resume => _status is TrainingSheetStatus.Failed || (_status is TrainingSheetStatus.Review && _pairs.Any(pair => pair.FailedToGenerate)),
                Operation.MarkTrained => _status is TrainingSheetStatus.Approved,
                Operation.Recount => _status is TrainingSheetStatus.Generating or TrainingSheetStatus.Failed,
                _ => _status is TrainingSheetStatus.Generating,
            };
            List<QAPair> next = operation switch
            {
                Operation.Write => [.. _pairs, .. Enumerable.Range(_pairs.Count, choice % 4).Select(number => Make(number, choice))],
                Operation.Retry => [.. _pairs.Select((pair, number) => pair.FailedToGenerate ? Make(number, choice) : pair)],
                _ => _pairs,
            };
            if (!Accepted(Apply(operation, [.. next.Except(_pairs)]), allowed)) return;

            _pairs = next;
            _status = operation switch
            {
                Operation.Complete => HasOpen ? TrainingSheetStatus.Review : TrainingSheetStatus.Approved,
                Operation.Fail => TrainingSheetStatus.Failed,
                Operation.Resume => TrainingSheetStatus.Generating,
                Operation.MarkTrained => TrainingSheetStatus.Trained,
                _ => _status,
            };
        }

        private Result<TrainingSheet> Apply(Operation operation, IReadOnlyCollection<QAPair> written) => operation switch
        {
            Operation.Complete => _sheet.Complete(),
            Operation.Fail => _sheet.Fail(StatusReason.Cancelled),
            Operation.Resume => _sheet.Resume(_pairs.Count(pair => pair.FailedToGenerate)),
            Operation.Launch => _sheet.LaunchedAs("run-1"),
            Operation.Recount => _sheet.Recount(TallyOf(_pairs)),
            Operation.MarkTrained => _sheet.MarkTrained(),
            _ => _sheet.Record(TallyOf(written), TallyOf(_pairs.Where(old => written.Any(pair => pair.Id == old.Id))), new GenerationStatistics()),
        };

        private void Decide(Operation operation, int choice)
        {
            if (_pairs.Count == 0) return;
            var number = choice % _pairs.Count;
            var (pair, label) = (_pairs[number], LabelBuilder.Key(_pairs[number].State.ItemRef.Value).ToId());
            var decision = operation switch
            {
                Operation.Approve => pair.Approve(label, "dr.lee", Times.Start),
                Operation.Edit => pair.Edit("dent", label, "dr.lee", Times.Start),
                Operation.Reject => pair.Reject(null, "dr.lee", Times.Start),
                _ => pair.Flag("odd", "dr.lee", Times.Start),
            };
            if (!decision.TryGet(out var decided, out _)) return;
            var open = _status is TrainingSheetStatus.Review or TrainingSheetStatus.Approved;
            Assert.That(_sheet.RefusesReview() is null, Is.EqualTo(open));
            if (!open) return;
            Accepted(_sheet.Settle(TallyOf(_pairs.Select(old => old.Id == decided.Id ? decided : old))), allowed: true);
            _pairs[number] = decided;
            _status = HasOpen ? TrainingSheetStatus.Review : TrainingSheetStatus.Approved;
        }

        private bool Accepted(Result<TrainingSheet> result, bool allowed)
        {
            Assert.That(result.IsSuccess, Is.EqualTo(allowed));
            if (result.IsSuccess) _sheet = result.Value;
            else Assert.That((result.Error.Kind, result.Error.Code), Is.EqualTo((ErrorKind.Conflict, "illegal_transition")));
            return result.IsSuccess;
        }

        private void AssertInvariants()
        {
            var tally = _sheet.Tally;
            Assert.That(_sheet.Status, Is.EqualTo(_status));
            Assert.That(tally, Is.EqualTo(TallyOf(_pairs)));
            Assert.That(tally.Total, Is.EqualTo(tally.Labeled + tally.Unlabeled + tally.Rejected + tally.Flagged).And.EqualTo(_pairs.Count));
            Assert.That(_sheet.State.StatusReason is not null, Is.EqualTo(_status is TrainingSheetStatus.Failed));
            Assert.That(TrainingSheet.Restore(_sheet.State), Is.EqualTo(_sheet), "no state is reached that a store could not give back");
        }

        private static QAPair Make(int number, int choice) => (((choice / 4) + number) % 4) switch
        {
            0 => PairBuilder.FromLabel($"item-{number}", number),
            1 => PairBuilder.AwaitingAnswer($"item-{number}", number),
            2 => PairBuilder.Failed($"item-{number}", number),
            _ => PairBuilder.FromModel($"item-{number}", number),
        };

        private static PairTally TallyOf(IEnumerable<QAPair> pairs) => PairTally.Of(pairs.Select(pair => pair.Status));
    }
}
