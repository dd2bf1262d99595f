using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Domain.Labels;

/// <summary>What a canonical label is unique on.</summary>
/// <param name="SheetId">The sheet the item belongs to.</param>
/// <param name="ItemRef">The item.</param>
/// <param name="LabelType">The task the label answers.</param>
public sealed record CanonicalLabelKey(SheetId SheetId, ItemRef ItemRef, LabelType LabelType)
{
    private static readonly Guid Namespace = new("5f0c1c2e-7b52-4d6a-9a3f-6f1e0d9c8a11");

    /// <summary>The label's id, which follows from its key: two writers can never make two labels of one key.</summary>
    public CanonicalLabelId ToId() => new(UuidV5.Create(Namespace, $"{SheetId}\n{LabelType}\n{ItemRef}").ToString());
}
