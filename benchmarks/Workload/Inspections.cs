using System.Globalization;

namespace Mirion.Generation.Benchmarks.Workload;

/// <summary>Synthetic board inspections: what each row has, and what a model is asked about it. The same for us and for every peer.</summary>
/// <param name="Count">How many items.</param>
/// <param name="Questions">How many different questions they make; each item its own when null.</param>
internal sealed record Inspections(int Count, int? Questions = null)
{
    public const string Header = "inspection_id,line,score,notes";
    public const string SystemPrompt = "You classify board inspections.";
    public const string Template = "Line {{line}}, score {{score}}.\nNotes: {{notes}}\nWhich defect is it?";
    public const string Model = "bench";
    public const int MaxTokens = 64;

    /// <summary>The name of an item.</summary>
    public static string Ref(int i) => $"INS-{i:D8}";

    /// <summary>An item as a line of a CSV file.</summary>
    public string Csv(int i) => $"{Ref(i)},{Line(i)},{Score(i)},\"{Notes(i)}\"";

    /// <summary>What a model is asked about an item: the template, rendered.</summary>
    public string Question(int i) => $"Line {Line(i)}, score {Score(i)}.\nNotes: {Notes(i)}\nWhich defect is it?";

    private int Kind(int i) => Questions is { } questions ? i % questions : i;

    private string Line(int i) => $"line-{Kind(i) % 7}";

    private string Score(int i) => (Kind(i) % 100 / 100.0).ToString("0.0#", CultureInfo.InvariantCulture);

    private string Notes(int i) => $"Board {Kind(i)}: pin {Kind(i) % 48} of U{Kind(i) % 9} shows residue, seen at station {Kind(i) % 5}";
}
