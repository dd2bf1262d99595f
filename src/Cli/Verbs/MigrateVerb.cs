using System.CommandLine;

namespace Mirion.Generation.Cli.Verbs;

/// <summary><c>migrate</c>: creates or upgrades the product's tables.</summary>
internal static class MigrateVerb
{
    public static Command Create(VerbRunner runner)
    {
        var command = new Command("migrate", "Create or upgrade the product's own tables.");
        runner.Bind(command, async (arguments, cancellationToken) =>
        {
            await using var session = await runner.OpenAsync((workspace, stop) => workspace.MigrateAsync(stop), cancellationToken);
            var found = session.Preparation;
            runner.Output.Results.WriteLine(arguments.GetValue(runner.Json)
                ? $$"""{"from_version":{{found.FromVersion}},"to_version":{{found.ToVersion}}}"""
                : found.FromVersion == found.ToVersion
                    ? $"The tables in {found.Location} are up to date at version {found.ToVersion}."
                    : $"Brought the tables in {found.Location} from version {found.FromVersion} to {found.ToVersion}.");
            return ExitCode.Done;
        });
        return command;
    }
}
