using System.Globalization;
using System.Text.Json.Serialization;

namespace Mirion.Generation.Benchmarks.Report;

/// <summary>What a figure must reach.</summary>
/// <param name="Bound">The bound.</param>
/// <param name="AtMost">Whether it is an upper one.</param>
internal sealed record Target(double Bound, bool AtMost = true)
{
    public static Target AtLeast(double bound) => new(bound, AtMost: false);

    public bool IsMetBy(double value) => AtMost ? value <= Bound : value >= Bound;

    public string Text(string unit) => $"{(AtMost ? "≤" : "≥")} {Figure.Text(Bound, unit)}";
}

/// <summary>One figure, as often as it was measured.</summary>
/// <param name="What">What it is.</param>
/// <param name="Unit">Its unit; × for a ratio.</param>
/// <param name="Samples">What was measured.</param>
/// <param name="Target">What it must reach; null for one that is there to compare with.</param>
internal sealed record Figure(string What, string Unit, List<double> Samples, Target? Target = null)
{
    [JsonIgnore]
    public double Median
    {
        get
        {
            var sorted = Samples.Order().ToArray();
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    [JsonIgnore]
    public string MedianText => Text(Median, Unit);

    [JsonIgnore]
    public string RangeText => Samples.Count == 1 ? "" : $"{Text(Samples.Min(), Unit)} – {Text(Samples.Max(), Unit)}";

    /// <summary>Judged by the median.</summary>
    [JsonIgnore]
    public string Verdict => Target is null ? "" : Target.IsMetBy(Median) ? "✓" : "✗";

    public static string Text(double value, string unit)
    {
        var digits = Math.Abs(value) switch { 0 => "0", >= 100 => "N0", >= 10 => "0.#", >= 0.1 => "0.00", _ => "0.0000" };
        return value.ToString(digits, CultureInfo.InvariantCulture) + (unit is "×" or "%" or "" ? $"{(unit.Length > 0 ? " " : "")}{unit}" : $" {unit}");
    }
}
