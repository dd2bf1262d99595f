namespace Mirion.Generation.FakeDatabricks;

/// <summary>The workspace as a program of its own. A class by name: top-level statements would make a public one that other hosts' tests trip over.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (!StandaloneArguments.TryRead(args, out var arguments))
        {
            await Console.Error.WriteLineAsync(StandaloneArguments.Usage);
            return 2;
        }

        try
        {
            await using var workspace = await FakeDatabricksWorkspace.StartAsync(arguments.Options);
            foreach (var line in Introduction(workspace)) await Console.Out.WriteLineAsync(line);
            await workspace.WaitForShutdownAsync();
            return 0;
        }
        catch (IOException cannotListen)
        {
            await Console.Error.WriteLineAsync(cannotListen.Message);
            return 1;
        }
    }

    private static IEnumerable<string> Introduction(FakeDatabricksWorkspace workspace) =>
    [
        $"# A Databricks workspace in {workspace.Folder}; Ctrl-C ends it. To use it:",
        .. workspace.Variables.Select(variable => $"export {variable.Key}={variable.Value}"),
        $"export DATABRICKS_TOKEN={workspace.Token}",
        workspace.Options.JobCommand is { } command
            ? $"# A run of the job starts: {string.Join(' ', command)} run --training-sheet-id ID"
            : "# A run of the job starts nothing: build src/Cli, or name a program with --job-command.",
    ];
}
