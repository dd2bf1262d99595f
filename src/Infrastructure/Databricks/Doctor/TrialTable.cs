using System.Text.Json;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Doctor;

/// <summary>A row that has a value of every kind.</summary>
internal sealed record TrialRow(string Id, string Text, long Number, double Fraction, DateTimeOffset Moment, string Json, string JsonText, IReadOnlyList<string> List)
{
    /// <summary>Values that a careless way there and back would change.</summary>
    public static IReadOnlyList<TrialRow> Samples { get; } =
    [
        new("1", "quote ' backslash \\ line\nend ${x} {{y}} :z", long.MaxValue, 0.1, new(2026, 3, 1, 8, 30, 15, 123, 456, TimeSpan.Zero), """{"a":[1,"x"]}""", """{"b": 1.50}""", ["", "a,b", "\"q\""]),
        new("2", "Lötstelle 漢字 😀", long.MinValue, -1e300, new(1969, 12, 31, 23, 59, 59, 999, TimeSpan.Zero), "[-1.5]", "[]", []),
    ];

    /// <summary>The columns in which another row differs.</summary>
    public IEnumerable<string> DifferencesFrom(TrialRow other)
    {
        if (Text != other.Text) yield return "text";
        if (Number != other.Number) yield return "number";
        if (BitConverter.DoubleToInt64Bits(Fraction) != BitConverter.DoubleToInt64Bits(other.Fraction)) yield return "fraction";
        if (Moment != other.Moment) yield return "moment";
        if (!JsonElement.DeepEquals(JsonElement.Parse(Json), JsonElement.Parse(other.Json))) yield return "json";
        if (JsonText != other.JsonText) yield return "json_text";
        if (!List.SequenceEqual(other.List)) yield return "list";
    }
}

/// <summary>A table to try things with, of a name that nobody else has.</summary>
internal sealed class TrialTable
{
    public TableDefinition<TrialRow> Definition { get; } = new($"doctor_{Guid.NewGuid():N}", "A trial of 'mirion-generate doctor', which may be dropped.", ["trial", "id"],
    [
        new("trial", ColumnKind.Text, "The same for all rows.", _ => "doctor"),
        new("id", ColumnKind.Text, "The key.", row => row.Id),
        new("text", ColumnKind.Text, "Text.", row => row.Text),
        new("number", ColumnKind.BigInt, "A number.", row => row.Number),
        new("fraction", ColumnKind.Double, "A fraction.", row => row.Fraction),
        new("moment", ColumnKind.Timestamp, "A moment.", row => row.Moment),
        new("json", ColumnKind.Json, "JSON.", row => row.Json),
        new("json_text", ColumnKind.JsonText, "JSON as it was written.", row => row.JsonText),
        new("list", ColumnKind.TextList, "A list.", row => row.List),
    ]);

    /// <summary>Whether it was made, and not yet dropped.</summary>
    public bool IsThere { get; set; }

    public static TrialRow Read(SqlRow row) => new(
        row.Text("id"), row.Text("text"), row.Number("number"), row.DoubleOrNull("fraction") ?? double.NaN, row.Timestamp("moment"), row.Text("json"), row.Text("json_text"),
        row.Texts("list"));
}
