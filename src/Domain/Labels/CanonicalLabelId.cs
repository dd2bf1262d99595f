using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.Labels;

/// <summary>Names a canonical label.</summary>
public sealed record CanonicalLabelId
{
    /// <summary>The id as text; see <see cref="Identifier.Shape"/>.</summary>
    /// <exception cref="ArgumentException">The text does not have the shape of an id.</exception>
    public CanonicalLabelId(string value) => Value = Identifier.Require(value, "canonical label id");

    /// <summary>The id as text.</summary>
    public string Value { get; }

    /// <inheritdoc />
    public override string ToString() => Value;
}
