using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Application.Labels.Import;

/// <summary>A row of an import: a label somebody wrote down, or the reason why it cannot be read.</summary>
/// <param name="Number">Where it stands, from 1: its line, or its place in an array.</param>
/// <param name="Draft">The label; null when it cannot be read.</param>
/// <param name="Fault">Why it cannot be read; null when it can.</param>
public sealed record LabelRow(long Number, LabelDraft? Draft, string? Fault = null);

/// <summary>Imports labels, all of them or none.</summary>
/// <param name="Rows">The rows, read as they are needed.</param>
public sealed record ImportLabelsCommand(IAsyncEnumerable<LabelRow> Rows) : IRequest<Result<ImportCount>>;

internal sealed class ImportLabelsHandler(ICanonicalLabelRepository labels, ISheetRepository sheets, IPromptTemplateRepository templates, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<ImportLabelsCommand, Result<ImportCount>>
{
    private const int BatchSize = 1000;

    // Enough for a person to see the pattern; the import is refused either way.
    private const int MostFaultsReported = 100;

    public async Task<Result<ImportCount>> Handle(ImportLabelsCommand request, CancellationToken cancellationToken)
    {
        var check = new LabelRowCheck(sheets, new LabelSchemas(templates), user.Name, clock.GetUtcNow());
        await using var import = await labels.BeginImportAsync(cancellationToken);
        var batch = new List<CanonicalLabel>(BatchSize);
        await foreach (var row in request.Rows.WithCancellation(cancellationToken))
        {
            if (await check.ReadAsync(row, cancellationToken) is { } label) batch.Add(label);
            if (check.Faults >= MostFaultsReported) break;
            if (batch.Count < BatchSize) continue;
            await import.AddAsync(batch, cancellationToken);
            batch.Clear();
        }

        if (check.ToError() is { } error) return error;
        if (batch.Count > 0) await import.AddAsync(batch, cancellationToken);
        return await import.CommitAsync(cancellationToken);
    }
}
