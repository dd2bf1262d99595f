namespace Mirion.Generation.Benchmarks.Report;

/// <summary>What a row came to.</summary>
/// <param name="Name">The row's name, as <c>--only</c> takes it.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Setup">What was done, for a reader who wants to do it again.</param>
/// <param name="Figures">The figures, those with targets first.</param>
internal sealed record RowReport(string Name, string Title, string Setup, List<Figure> Figures)
{
    public DateTimeOffset At { get; init; }

    public string Commit { get; init; } = "";
}

/// <summary>Collects figures over repetitions, in the order they are first named.</summary>
internal sealed class Figures
{
    private readonly List<Figure> _figures = [];

    public void Add(string what, string unit, double value, Target? target = null)
    {
        if (_figures.Find(figure => figure.What == what) is { } known) known.Samples.Add(value);
        else _figures.Add(new Figure(what, unit, [value], target));
    }

    /// <summary>The median so far, of a figure that others are compared with.</summary>
    public double Median(string what) => _figures.Find(figure => figure.What == what)!.Median;

    public List<Figure> ToList() => [.. _figures.OrderBy(figure => figure.Target is null)];
}
