using System.Globalization;

namespace Mirion.Generation.Benchmarks.Bench;

/// <summary>Arguments of the form <c>--name value</c>, <c>--flag</c> and bare words.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, List<string>> _named = [];

    public Arguments(IEnumerable<string> args)
    {
        List<string>? values = null;
        foreach (var arg in args)
        {
            if (arg.StartsWith("--", StringComparison.Ordinal)) _named[arg[2..]] = values = [];
            else if (values is null) throw new ArgumentException($"'{arg}' belongs to no option.");
            else values.Add(arg);
        }
    }

    public bool Has(string name) => _named.ContainsKey(name);

    public IReadOnlyList<string> All(string name) => _named.GetValueOrDefault(name) ?? [];

    public string? Find(string name) => All(name) is [var value, ..] ? value : null;

    public string Text(string name) => Find(name) ?? throw new ArgumentException($"--{name} is missing.");

    public int Int(string name, int otherwise) => Find(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public double Number(string name, double otherwise) => Find(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
