using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Labels.Import;

/// <summary>Reads the rows of one import, noting what is wrong with each by its number.</summary>
internal sealed class LabelRowCheck(ISheetRepository sheets, LabelSchemas schemas, string sender, DateTimeOffset now)
{
    private readonly FieldErrors _errors = new();
    private readonly Dictionary<SheetId, bool> _known = [];
    private readonly Dictionary<Guid, long> _seen = [];

    private int _mismatches;

    /// <summary>How many rows were wrong so far.</summary>
    public int Faults { get; private set; }

    /// <summary>Everything that was wrong, or null. It is a mismatch with schemas when nothing else was wrong.</summary>
    public Error? ToError()
    {
        if (_errors.IsEmpty) return null;
        var error = _errors.ToError();
        return _mismatches == Faults ? error with { Kind = ErrorKind.Unprocessable, Code = LabelErrors.SchemaMismatchCode } : error;
    }

    /// <summary>The label a row describes, or null when it is wrong.</summary>
    public async Task<CanonicalLabel?> ReadAsync(LabelRow row, CancellationToken cancellationToken)
    {
        if (row.Draft is null) return Refuse(row, "row", row.Fault ?? "It cannot be read.");
        if (!row.Draft.ToLabel(sender, now).TryGet(out var label, out var error))
        {
            foreach (var (field, messages) in error.Fields) Refuse(row, field, messages[0]);
            return null;
        }

        if (!await ExistsAsync(label.Key.SheetId, cancellationToken)) return Refuse(row, "sheet_id", $"There is no sheet '{label.Key.SheetId}'.");
        if (await schemas.FaultOfAsync(label, cancellationToken) is { } mismatch)
        {
            _mismatches++;
            return Refuse(row, "label_data", mismatch);
        }

        return _seen.TryAdd(Guid.Parse(label.Id.Value), row.Number)
            ? label
            : Refuse(row, "item_ref", $"Row {_seen[Guid.Parse(label.Id.Value)]} labels the same item with the same label type.");
    }

    private async Task<bool> ExistsAsync(SheetId id, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(id, out var exists)) _known[id] = exists = await sheets.FindAsync(id, cancellationToken) is not null;
        return exists;
    }

    private CanonicalLabel? Refuse(LabelRow row, string field, string message)
    {
        Faults++;
        _errors.Add($"rows[{row.Number}].{field}", message);
        return null;
    }
}
