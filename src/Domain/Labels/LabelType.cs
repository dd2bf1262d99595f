using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.Labels;

/// <summary>What task a label answers, such as <c>classification</c> or <c>defect_localization</c>. An open set.</summary>
public sealed record LabelType
{
    /// <summary>The label type as text; see <see cref="Identifier.Shape"/>.</summary>
    /// <exception cref="ArgumentException">The text does not have the shape of an id.</exception>
    public LabelType(string value) => Value = Identifier.Require(value, "label type");

    /// <summary>The label type as text.</summary>
    public string Value { get; }

    /// <inheritdoc />
    public override string ToString() => Value;
}
