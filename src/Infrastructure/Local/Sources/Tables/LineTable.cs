using System.Text.Json;
using Mirion.Generation.Application.Prompts;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>A member of the objects that the lines of a table are.</summary>
internal sealed record LineColumn(int Index, string Name, string Type, string Text, string Typed) : TableColumn(Index, Name, Type, Text, Typed);

/// <summary>
/// A table whose rows are lines of JSON. A row is read from its line as it stands: DuckDB's own JSON functions write numbers anew, so that 1.50
/// would become 1.5.
/// </summary>
internal sealed record LineTable(string From, IReadOnlyList<LineColumn> Members) : TableShape(From)
{
    /// <summary>What a line is called in <see cref="TableShape.From"/>.</summary>
    public const string Line = "line";

    public override IReadOnlyList<TableColumn> Columns => Members;

    public override RowReader ReaderOf(IReadOnlyList<TableColumn> columns)
    {
        var names = columns.Select(column => column.Name).ToArray();
        if (names.Length == 0) return new RowReader([], (_, _) => new Dictionary<string, object?>());
        return new RowReader([Line], (row, ordinal) =>
        {
            using var document = JsonDocument.Parse(row.GetString(ordinal));
            var members = ItemData.From(document.RootElement);
            var values = new Dictionary<string, object?>(names.Length, StringComparer.Ordinal);
            foreach (var name in names) values[name] = members.GetValueOrDefault(name);
            return values;
        });
    }
}
