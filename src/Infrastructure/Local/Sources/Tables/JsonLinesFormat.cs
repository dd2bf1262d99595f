using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>
/// Tables as JSON Lines: UTF-8, an object a line, blank lines aside. Its columns are the keys that stand in any line, in order of appearance; a key
/// that a line lacks is null there. Values are the JSON of the line; the types are for filters, which see nested values as JSON.
/// </summary>
internal static class JsonLinesFormat
{
    public const string Extension = ".jsonl";

    private const string From = $"read_json_objects($path, format = 'newline_delimited') AS lines({LineTable.Line})";

    /// <summary>The table's shape, having read the whole file.</summary>
    public static async Task<Result<TableShape>> InspectAsync(TableFile file, CancellationToken cancellationToken)
    {
        var inspection = new JsonLinesInspection();
        await using var stream = File.OpenRead(file.Path);
        return await inspection.ReadAsync(stream, cancellationToken) is { } damage
            ? file.Damaged(damage)
            : new LineTable(From, [.. inspection.Members.Select((member, index) => ColumnOf(index, member))]);
    }

    private static LineColumn ColumnOf(int index, JsonLinesMember member)
    {
        var path = SqlText.Literal($"/{member.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}");
        var text = $"({LineTable.Line} ->> {path})";
        var typed = member.Type switch
        {
            "VARCHAR" => text,
            "JSON" => $"({LineTable.Line} -> {path})",
            _ => $"CAST({text} AS {member.Type})",
        };
        return new LineColumn(index, member.Name, member.Type, text, typed)
        {
            NoText = member.Kinds.HasFlag(JsonKinds.Fraction) ? "has numbers with a point or an exponent; write them as strings"
                : member.Kinds.HasFlag(JsonKinds.Nested) ? "has objects or arrays"
                : null,
        };
    }
}
