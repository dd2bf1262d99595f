using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Api.Endpoints;

/// <summary>Reads the optional filters of a query, gathering what is wrong with them.</summary>
internal sealed class QueryReader
{
    private readonly FieldErrors _errors = new();

    /// <summary>Everything that was wrong, or null.</summary>
    public Error? Error => _errors.IsEmpty ? null : _errors.ToError();

    /// <summary>A member of an enumeration by its name.</summary>
    public TEnum? Choice<TEnum>(string? text, string field)
        where TEnum : struct, Enum => _errors.Choice<TEnum>(text, field);

    /// <summary>A label type.</summary>
    public LabelType? LabelType(string? text, bool required = false) =>
        Check(Identifier.IsValid(text), text, required, "label_type", $"A label type has {Identifier.Shape}.") ? new(text!) : null;

    /// <summary>A sheet's id.</summary>
    public SheetId? SheetId(string? text, bool required = false) =>
        Check(Identifier.IsValid(text), text, required, "sheet_id", $"A sheet id has {Identifier.Shape}.") ? new(text!) : null;

    /// <summary>An item's name.</summary>
    public ItemRef? ItemRef(string? text, bool required = false) =>
        Check(!string.IsNullOrEmpty(text), text, required, "item_ref", "Name the item.") ? new(text!) : null;

    private bool Check(bool valid, string? text, bool required, string field, string message)
    {
        _errors.Require(valid || (text is null && !required), field, message);
        return valid;
    }
}
