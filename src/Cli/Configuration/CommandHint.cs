namespace Mirion.Generation.Cli.Configuration;

/// <summary>Writes commands that a person can paste as they stand, with the settings this one was given.</summary>
/// <param name="program">How this program was called.</param>
/// <param name="overrides">The settings it was given.</param>
internal sealed class CommandHint(string program, ConfigurationOverrides overrides)
{
    private const string Project = "src/Cli";

    /// <summary>Hints of this process.</summary>
    public static CommandHint OfProcess(ConfigurationOverrides overrides) => new(ProgramName(), overrides);

    /// <summary>This program with <paramref name="arguments"/>.</summary>
    public string Command(string arguments) => string.Join(' ', [program, arguments, .. overrides.Values.Select(setting => Quote($"--{setting.Key}={Shown(setting)}"))]);

    // Who started it out of the checkout has no mirion-generate on the path.
    private static string ProgramName() =>
        Environment.ProcessPath?.StartsWith(Path.Combine(Environment.CurrentDirectory, Project) + Path.DirectorySeparatorChar, StringComparison.Ordinal) is true
            ? $"dotnet run --project {Project} --"
            : "mirion-generate";

    // Hints end up in logs; keys, tokens and secrets do not.
    private static string Shown(KeyValuePair<string, string?> setting) =>
        setting.Key[(setting.Key.LastIndexOf(':') + 1)..] is var name
        && (name.EndsWith("Key", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Token", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Secret", StringComparison.OrdinalIgnoreCase))
            ? "..."
            : setting.Value ?? string.Empty;

    private static string Quote(string argument) =>
        argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_=:./,@%+".Contains(c, StringComparison.Ordinal)) ? argument : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
