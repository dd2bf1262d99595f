using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Application.Labels.Import;

/// <summary>
/// Labels from CSV in UTF-8: columns by header, comma separated, lists within a cell separated by <c>|</c>. An empty cell is one that is
/// not given. Rows are numbered by the line they start on.
/// </summary>
public static class CsvLabelRows
{
    private const string SheetId = "sheet_id";
    private const string ItemRef = "item_ref";
    private const string LabelType = "label_type";
    private const string Data = "label_data";
    private const string Confidence = "confidence";
    private const string Notes = "notes";
    private const string AllowedUses = "allowed_uses";
    private const string ProhibitedUses = "prohibited_uses";
    private const string UsageReason = "usage_reason";
    private const string DataClassification = "data_classification";
    private const string LabeledBy = "labeled_by";
    private const string LabeledAt = "labeled_at";
    private const char ListSeparator = '|';

    private static readonly string[] Columns =
    [
        SheetId, ItemRef, LabelType, Data, Confidence, Notes, AllowedUses, ProhibitedUses, UsageReason, DataClassification, LabeledBy, LabeledAt,
    ];

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    // Deep enough for the label itself to say what is too deep.
    private static readonly JsonDocumentOptions AnyJson = new() { MaxDepth = 1000 };
    private static readonly JsonDocumentOptions UnambiguousJson = AnyJson with { AllowDuplicateProperties = false };

    private static readonly CsvReaderOptions Format = new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        // A quote that is never closed must not pull the rest of a large file into memory.
        MaxRecordSize = 32 * 1024 * 1024,
    };

    /// <summary>The rows of <paramref name="csv"/>, read as they are asked for. What cannot be read is a row with a fault, and the last one.</summary>
    public static async IAsyncEnumerable<LabelRow> From(Stream csv, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Bytes that are no UTF-8 would otherwise become replacement characters in somebody's answer.
        using var text = new StreamReader(csv, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), leaveOpen: true);
        using var reader = CsvReader.Create(text, Format, leaveOpen: true);
        if (await MoveAsync(reader, header: true, cancellationToken) is { Fault: { } unreadable }) yield return unreadable;
        else if (FaultOf(reader.Headers) is { } wrongHeader) yield return new LabelRow(1, null, wrongHeader) { EndsReading = true };
        else
        {
            var cells = new Cells(reader);
            while (await MoveAsync(reader, header: false, cancellationToken) is { Any: true } move)
            {
                yield return move.Fault ?? ReadRow(cells);
                if (move.Fault is not null) yield break;
            }
        }
    }

    private static async ValueTask<Move> MoveAsync(CsvReader reader, bool header, CancellationToken cancellationToken)
    {
        try
        {
            if (!header) return new Move(await reader.ReadAsync(cancellationToken));
            await reader.ReadHeaderAsync(cancellationToken);
            return new Move(Any: true);
        }
        catch (CsvFormatException e)
        {
            return End(e.LineNumber, "Its quotes do not pair up. A cell with a comma, a quote or a line break in it stands in quotes, and quotes within are doubled.");
        }
        catch (DecoderFallbackException)
        {
            return End(header ? 1 : reader.LineNumber + 1, "Here or soon after, the file is not UTF-8. Save it as CSV in UTF-8.");
        }
    }

    private static Move End(long line, string fault) => new(Any: true, new LabelRow(line, null, fault) { EndsReading = true });

    private static string? FaultOf(IReadOnlyList<string> names)
    {
        if (names.Count == 0) return $"There is no header. The columns are: {string.Join(", ", Columns)}.";
        if (names.FirstOrDefault(name => !Columns.Contains(name)) is { } unknown) return $"There is no column '{unknown}'. The columns are: {string.Join(", ", Columns)}.";
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice) return $"The column '{twice.Key}' stands there twice.";
        string[] needed = [SheetId, ItemRef, LabelType, Data];
        return needed.Except(names).ToArray() is { Length: > 0 } missing ? $"It lacks what every label has: {string.Join(", ", missing)}." : null;
    }

    private static LabelRow ReadRow(Cells cells)
    {
        if (cells.Fault is { } ragged) return new LabelRow(cells.Line, null, ragged);
        DateTimeOffset? labeledAt = null;
        if (cells[LabeledAt] is { } time)
        {
            if (!DateTimeOffset.TryParseExact(time, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                return new LabelRow(cells.Line, null, $"{LabeledAt}: Give an RFC 3339 time with its offset, such as 2026-03-09T08:16:04Z.");
            }

            labeledAt = at;
        }

        if (!TryReadData(cells[Data], out var data)) return new LabelRow(cells.Line, null, $"{Data}: The properties of an object must have different names.");
        return new LabelRow(cells.Line, new LabelDraft
        {
            SheetId = cells[SheetId],
            ItemRef = cells[ItemRef],
            LabelType = cells[LabelType],
            LabelData = data,
            Confidence = cells[Confidence],
            Notes = cells[Notes],
            AllowedUses = ReadList(cells[AllowedUses]),
            ProhibitedUses = ReadList(cells[ProhibitedUses]),
            UsageReason = cells[UsageReason],
            DataClassification = cells[DataClassification],
            LabeledBy = cells[LabeledBy],
            LabeledAt = labeledAt,
        });
    }

    // Only objects and arrays: 0042, true and "quoted" are answers as an expert typed them.
    private static bool TryReadData(string? cell, out JsonElement data)
    {
        data = default;
        if (cell is null) return true;
        if (cell.AsSpan().TrimStart() is not ['{' or '[', ..] || TryParse(cell, AnyJson) is not { } json)
        {
            data = JsonSerializer.SerializeToElement(cell);
            return true;
        }

        data = json;
        return TryParse(cell, UnambiguousJson) is not null;
    }

    private static JsonElement? TryParse(string cell, JsonDocumentOptions options)
    {
        try
        {
            using var document = JsonDocument.Parse(cell, options);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string[]? ReadList(string? cell) => cell?.Split(ListSeparator, StringSplitOptions.TrimEntries);

    private readonly record struct Move(bool Any, LabelRow? Fault = null);

    /// <summary>The row that the reader stands on, by column.</summary>
    private sealed class Cells(CsvReader reader)
    {
        private readonly Dictionary<string, int> _places = reader.Headers.Index().ToDictionary(column => column.Item, column => column.Index);

        public long Line => reader.LineNumber;

        public string? Fault => reader.FieldCount == _places.Count ? null : $"It has {reader.FieldCount} cells where the header has {_places.Count}.";

        public string? this[string column] => _places.TryGetValue(column, out var place) && !reader.IsEmpty(place) ? reader.GetString(place) : null;
    }
}
