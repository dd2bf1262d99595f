using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Application.Labels.Import;

/// <summary>Reads the rows of one import, noting what is wrong with each by its number.</summary>
internal sealed class LabelRowCheck(ISheetRepository sheets, LabelSchemas schemas, string sender, DateTimeOffset now)
{
    /// <summary>The most rows of which a fault is told: enough for a person to see the pattern.</summary>
    public const int MostListed = 100;

    /// <summary>What is wrong with a row of which nobody knows more.</summary>
    public const string Unreadable = "It cannot be read.";

    private const string Whole = "row";

    private readonly FieldErrors _errors = new();
    private readonly List<RowFault> _listed = [];
    private readonly Dictionary<SheetId, bool> _known = [];
    private readonly Dictionary<Guid, long> _seen = [];

    private long _mismatches;

    /// <summary>How many faults were noted so far; a row may have several.</summary>
    public int Faults { get; private set; }

    /// <summary>How many rows were wrong so far.</summary>
    public long WrongRows { get; private set; }

    /// <summary>What was wrong with the first of them.</summary>
    public IReadOnlyList<RowFault> Listed => _listed;

    /// <summary>What was wrong with the first rows that were, by field; null when none was. It is a mismatch with schemas when nothing else was wrong.</summary>
    public Error? ToError()
    {
        if (_errors.IsEmpty) return null;
        var error = _errors.ToError();
        return _mismatches == WrongRows ? error with { Kind = ErrorKind.Unprocessable, Code = LabelErrors.SchemaMismatchCode } : error;
    }

    /// <summary>The label a row describes, or null when it is wrong.</summary>
    public async Task<CanonicalLabel?> ReadAsync(LabelRow row, CancellationToken cancellationToken)
    {
        if (row.Draft is null) return Refuse(row, Whole, row.Fault ?? Unreadable);
        if (!row.Draft.ToLabel(sender, now).TryGet(out var label, out var error))
        {
            return Refuse(row, [.. error.Fields.Select(field => (field.Key, field.Value[0]))]);
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

    private CanonicalLabel? Refuse(LabelRow row, string field, string message) => Refuse(row, [(field, message)]);

    private CanonicalLabel? Refuse(LabelRow row, IReadOnlyList<(string Field, string Message)> faults)
    {
        if (WrongRows++ >= MostListed) return null;
        Faults += faults.Count;
        foreach (var (field, message) in faults) _errors.Add($"rows[{row.Number}].{field}", message);
        _listed.Add(new RowFault(row.Number, string.Join(' ', faults.Select(fault => fault.Field == Whole ? fault.Message : $"{fault.Field}: {fault.Message}"))));
        return null;
    }
}
