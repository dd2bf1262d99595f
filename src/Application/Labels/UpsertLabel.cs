using MediatR;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Labels;

/// <summary>Labels an item, or makes the next version of the label it has.</summary>
/// <param name="Draft">The label.</param>
public sealed record UpsertLabelCommand(LabelDraft Draft) : IRequest<Result<StoredLabel>>;

internal sealed class UpsertLabelHandler(ICanonicalLabelRepository labels, ISheetRepository sheets, IPromptTemplateRepository templates, ICurrentUser user, TimeProvider clock)
    : IRequestHandler<UpsertLabelCommand, Result<StoredLabel>>
{
    public async Task<Result<StoredLabel>> Handle(UpsertLabelCommand request, CancellationToken cancellationToken)
    {
        if (!request.Draft.ToLabel(user.Name, clock.GetUtcNow()).TryGet(out var label, out var error)) return error;
        if (await sheets.FindAsync(label.Key.SheetId, cancellationToken) is null) return SheetErrors.NotFound(label.Key.SheetId);
        if (await new LabelSchemas(templates).FaultOfAsync(label, cancellationToken) is { } mismatch) return LabelErrors.SchemaMismatch(mismatch);
        return await labels.UpsertAsync(label, cancellationToken);
    }
}
