using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.TrainingSheets;

/// <summary>Names a training sheet.</summary>
public sealed record TrainingSheetId
{
    /// <summary>The id as text; see <see cref="Identifier.Shape"/>.</summary>
    /// <exception cref="ArgumentException">The text does not have the shape of an id.</exception>
    public TrainingSheetId(string value) => Value = Identifier.Require(value, "training sheet id");

    /// <summary>The id as text.</summary>
    public string Value { get; }

    /// <inheritdoc />
    public override string ToString() => Value;
}
