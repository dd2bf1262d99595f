using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.TrainingSheets;

namespace Mirion.Generation.Domain.QAPairs;

/// <summary>Names a Q&amp;A pair.</summary>
/// <param name="Value">The id.</param>
public readonly record struct QAPairId(Guid Value)
{
    /// <summary>
    /// The id of the pair that <paramref name="trainingSheet"/> has for <paramref name="item"/>: always the same one, so that a
    /// batch written twice is a batch written once.
    /// </summary>
    public static QAPairId For(TrainingSheetId trainingSheet, ItemRef item) => new(UuidV5.Create(NamespaceOf(trainingSheet), item.Value));

    /// <inheritdoc />
    public override string ToString() => Value.ToString();

    // A training sheet's id is usually a UUID, and then is the namespace itself.
    private static Guid NamespaceOf(TrainingSheetId id) =>
        Guid.TryParseExact(id.Value, "D", out var uuid) ? uuid : UuidV5.Create(Guid.Empty, id.Value);
}
