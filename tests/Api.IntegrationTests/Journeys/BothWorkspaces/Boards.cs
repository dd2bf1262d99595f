namespace Mirion.Generation.Api.IntegrationTests.Journeys.BothWorkspaces;

/// <summary>Circuit boards with notes: every fifth is labelled by an expert, and the texts are such as a careless store would change.</summary>
internal static class Boards
{
    public static readonly string[] Columns = ["board", "note", "line"];

    /// <summary>The rows of a table, backwards, so that the order of the items is not the order of the rows.</summary>
    public static IEnumerable<string?[]> Rows(int count) => Enumerable.Range(0, count).Reverse().Select(i => new[] { Ref(i), Note(i), i % 7 == 0 ? null : $"line {i % 3}" });

    /// <summary>The sheet over the table <c>plant.line_a.NAME</c>.</summary>
    public static string Sheet(string name) => $$"""
        {"id": "{{name}}", "source_type": "uc_table", "source_table": "plant.line_a.{{name}}", "item_id_column": "board", "text_columns": ["note"], "metadata_columns": ["line"]}
        """;

    /// <summary>The labels, as JSON lines.</summary>
    public static string Labels(string sheet, int count) => string.Join('\n', Enumerable.Range(0, count).Where(IsLabelled).Select(i =>
    {
        var data = i % 2 == 0 ? $"\"defect {i}\"" : $$"""{"size":1.50,"defect":"Brücke","item":{{i}},"e":1e3}""";
        return $$"""
            {"sheet_id": "{{sheet}}", "item_ref": "{{Ref(i)}}", "label_type": "defect", "label_data": {{data}}, "labeled_by": "dr.lee", "labeled_at": "2026-03-01T08:00:00.123456Z", "allowed_uses": ["training", "few_shot"], "prohibited_uses": ["testing"], "data_classification": "internal"}
            """;
    }));

    /// <summary>How many of so many boards are labelled.</summary>
    public static int Labelled(int count) => (count + 4) / 5;

    /// <summary>What names a board.</summary>
    public static string Ref(int i) => $"B-{i:D5}";

    private static bool IsLabelled(int i) => i % 5 == 0;

    private static string Note(int i) => (i % 5) switch
    {
        0 => $"scratch {i}, deep",
        1 => $"said \"fine\" and 'not so' {i}",
        2 => $"line one\nline two \\ {i}",
        3 => $"Lötbrücke 🔧 {i} <b>&amp;</b> `x` :p0",
        _ => $"{{{{board}}}} {{{{#if}}}} {i}",
    };
}
