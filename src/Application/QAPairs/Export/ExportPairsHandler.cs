using System.Runtime.CompilerServices;
using FluentValidation;
using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.QAPairs;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Application.QAPairs.Export;

internal sealed class ExportPairsHandler(ITrainingSheetRepository sheets, IQAPairRepository pairs) : IRequestHandler<ExportPairsQuery, Result<PairExport>>
{
    public async Task<Result<PairExport>> Handle(ExportPairsQuery request, CancellationToken cancellationToken)
    {
        var use = UseNames.TryParse([request.Use], out var named) ? named : Uses.Training;
        if (await sheets.FindAsync(request.Id, cancellationToken) is not { } sheet) return TrainingSheetErrors.NotFound(request.Id);
        if (sheet.Status is TrainingSheetStatus.Generating) return TrainingSheetErrors.AlreadyRunning(request.Id);
        var counted = Count(await pairs.CountAsync(request.Id, cancellationToken), use);
        return new PairExport(use, counted, PermittedAsync(request.Id, use, cancellationToken));
    }

    private static ExportCount Count(IReadOnlyList<PairCount> counts, Uses use)
    {
        long Of(QAPairStatus status) => counts.Where(count => count.Status == status).Sum(count => count.Pairs);
        var exported = counts.Where(count => count.Status is QAPairStatus.Labeled && count.Usage.Permits(use)).Sum(count => count.Pairs);
        return new ExportCount(exported, Of(QAPairStatus.Unlabeled), Of(QAPairStatus.Rejected), Of(QAPairStatus.Flagged), Of(QAPairStatus.Labeled) - exported);
    }

    private async IAsyncEnumerable<QAPair> PermittedAsync(TrainingSheetId id, Uses use, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var pair in pairs.StreamAsync(id, new QAPairFilter(QAPairStatus.Labeled), cancellationToken))
        {
            if (pair.State.Usage.Permits(use)) yield return pair;
        }
    }
}

internal sealed class ExportPairsValidator : AbstractValidator<ExportPairsQuery>
{
    public ExportPairsValidator() => RuleFor(query => query.Use)
        .Must(use => use is null || UseNames.TryParse([use], out _))
        .WithMessage($"Give one of {UseNames.Choices}.")
        .OverridePropertyName("use");
}
