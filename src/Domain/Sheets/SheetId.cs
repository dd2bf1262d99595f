using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Domain.Sheets;

/// <summary>Names a sheet.</summary>
public sealed record SheetId
{
    /// <summary>The id as text; see <see cref="Identifier.Shape"/>.</summary>
    /// <exception cref="ArgumentException">The text does not have the shape of an id.</exception>
    public SheetId(string value) => Value = Identifier.Require(value, "sheet id");

    /// <summary>The id as text.</summary>
    public string Value { get; }

    /// <inheritdoc />
    public override string ToString() => Value;
}
