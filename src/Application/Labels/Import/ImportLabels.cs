using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Application.Labels.Import;

/// <summary>A row of an import: a label somebody wrote down, or the reason why it cannot be read.</summary>
/// <param name="Number">Where it stands, from 1: its line, or its place in an array.</param>
/// <param name="Draft">The label; null when it cannot be read.</param>
/// <param name="Fault">Why it cannot be read; null when it can.</param>
public sealed record LabelRow(long Number, LabelDraft? Draft, string? Fault = null)
{
    /// <summary>Whether what follows it cannot be read either, so that nobody knows how many rows there are.</summary>
    public bool EndsReading { get; init; }
}

/// <summary>Imports labels: all of them or none, or those that are right.</summary>
/// <param name="Rows">The rows, read as they are needed.</param>
/// <param name="SkipInvalid">Whether rows that are wrong are left out and reported; else one of them refuses them all. A fault after which nothing can be read refuses them all either way.</param>
public sealed record ImportLabelsCommand(IAsyncEnumerable<LabelRow> Rows, bool SkipInvalid = false) : IRequest<Result<ImportReport>>;

/// <summary>What an import did.</summary>
/// <param name="Count">The labels it wrote.</param>
/// <param name="Skipped">How many rows it left out.</param>
/// <param name="Faults">What is wrong with the first of them.</param>
public sealed record ImportReport(ImportCount Count, long Skipped, IReadOnlyList<RowFault> Faults);

/// <summary>What is wrong with a row.</summary>
/// <param name="Row">The row's number.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
public sealed record RowFault(long Row, string Message);

internal sealed class ImportLabelsHandler(ICanonicalLabelRepository labels, ISheetRepository sheets, IPromptTemplateRepository templates, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<ImportLabelsCommand, Result<ImportReport>>
{
    private const int BatchSize = 1000;

    public async Task<Result<ImportReport>> Handle(ImportLabelsCommand request, CancellationToken cancellationToken)
    {
        var check = new LabelRowCheck(sheets, new LabelSchemas(templates), user.Name, clock.GetUtcNow());
        await using var import = await labels.BeginImportAsync(cancellationToken);
        var batch = new List<CanonicalLabel>(BatchSize);
        await foreach (var row in request.Rows.WithCancellation(cancellationToken))
        {
            if (await check.ReadAsync(row, cancellationToken) is { } label) batch.Add(label);
            if (request.SkipInvalid && row.EndsReading) return Error.InvalidField($"rows[{row.Number}].row", row.Fault ?? LabelRowCheck.Unreadable);
            if (!request.SkipInvalid && check.Faults >= LabelRowCheck.MostListed) break;
            if (batch.Count < BatchSize) continue;
            await import.AddAsync(batch, cancellationToken);
            batch.Clear();
        }

        if (!request.SkipInvalid && check.ToError() is { } error) return error;
        if (batch.Count > 0) await import.AddAsync(batch, cancellationToken);
        return new ImportReport(await import.CommitAsync(cancellationToken), check.WrongRows, check.Listed);
    }
}
