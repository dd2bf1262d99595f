using System.Diagnostics;

namespace Mirion.Generation.Api.IntegrationTests.Journeys.BothWorkspaces;

/// <summary>The command line, run to its end.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
internal sealed record Command(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs it with settings in its environment.</summary>
    public static async Task<Command> RunAsync(IEnumerable<(string Key, string? Value)> settings, params IEnumerable<string> args)
    {
        using var process = Start(settings, args);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        return new Command(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts it; the caller disposes it.</summary>
    public static Process Start(IEnumerable<(string Key, string? Value)> settings, params IEnumerable<string> args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(TestContext.CurrentContext.TestDirectory, "mirion-generate.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What collects coverage here must not collect it there.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("CORECLR_", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(name);
        foreach (var (key, value) in settings) start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return Process.Start(start)!;
    }
}
