using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.Templates;

/// <summary>Names a prompt template.</summary>
public sealed record TemplateId
{
    /// <summary>The id as text; see <see cref="Identifier.Shape"/>.</summary>
    /// <exception cref="ArgumentException">The text does not have the shape of an id.</exception>
    public TemplateId(string value) => Value = Identifier.Require(value, "template id");

    /// <summary>The id as text.</summary>
    public string Value { get; }

    /// <inheritdoc />
    public override string ToString() => Value;
}
