using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Cli.Configuration;

/// <summary>
/// Settings given on the command line as <c>--Section:Key=value</c> or <c>--Section:Key value</c>, under the keys they have everywhere.
/// </summary>
/// <param name="Values">The settings, in the order given.</param>
/// <param name="Rest">Every other argument.</param>
internal sealed record ConfigurationOverrides(IReadOnlyList<KeyValuePair<string, string?>> Values, IReadOnlyList<string> Rest)
{
    // Only these begin a key: a misspelt section stays an unknown option, which is refused.
    private static readonly string[] Sections = ["Workspace", "FoundationModel", "Generation", "Authentication", "Logging"];

    /// <summary>Splits the settings off; refused when one of them has no value.</summary>
    public static Result<ConfigurationOverrides> Split(IReadOnlyList<string> args)
    {
        var values = new List<KeyValuePair<string, string?>>();
        var rest = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--")
            {
                rest.AddRange(args.Skip(i));
                break;
            }

            if (!IsOverride(args[i])) rest.Add(args[i]);
            else if (args[i].IndexOf('=', StringComparison.Ordinal) is > 0 and var equals) values.Add(new(args[i][2..equals], args[i][(equals + 1)..]));
            else if (i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal)) values.Add(new(args[i][2..], args[++i]));
            else return new Error(ErrorKind.Invalid, "bad_arguments", $"The setting {args[i]} needs a value: {args[i]}=VALUE.");
        }

        return new ConfigurationOverrides(values, rest);
    }

    private static bool IsOverride(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal)
        && argument.IndexOf(':', StringComparison.Ordinal) is > 2 and var colon
        && Sections.Contains(argument[2..colon], StringComparer.OrdinalIgnoreCase);
}
