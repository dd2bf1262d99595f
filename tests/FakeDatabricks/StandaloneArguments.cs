using System.Globalization;

namespace Mirion.Generation.FakeDatabricks;

/// <summary>How the workspace is started as a program of its own.</summary>
internal sealed record StandaloneArguments(int Port, string? Folder, IReadOnlyList<string>? JobCommand)
{
    public const string Usage = """
        A Databricks workspace on this machine, to try the product's Databricks mode against.

          --port PORT            the port of 127.0.0.1 (default 8787; 0 takes a free one)
          --folder DIR           where its volumes lie (default: a temporary folder, deleted at the end); tables end with it
          --job-command COMMAND  what a run of the job starts, before "run --training-sheet-id ID"
                                 (default: the command line of this repository, when it is built)
        """;

    private const int DefaultPort = 8787;

    /// <summary>The workspace that they ask for.</summary>
    public FakeDatabricksOptions Options => new() { Port = Port, Folder = Folder, JobCommand = JobCommand, RefuseUnknownRoutes = false };

    /// <summary>Reads the arguments; false when they are not understood.</summary>
    public static bool TryRead(IReadOnlyList<string> arguments, out StandaloneArguments read)
    {
        read = new StandaloneArguments(DefaultPort, Folder: null, CommandLineOfThisRepository());
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (i + 1 == arguments.Count) return false;
            var value = arguments[i + 1];
            switch (arguments[i])
            {
                case "--port" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= ushort.MaxValue:
                    read = read with { Port = port };
                    break;
                case "--folder" when value.Length > 0:
                    read = read with { Folder = value };
                    break;
                case "--job-command" when value.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } command:
                    read = read with { JobCommand = command };
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static string[]? CommandLineOfThisRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Mirion.Generation.sln"))) continue;
            var program = Path.Combine(folder.FullName, "src/Cli/bin/Debug/net10.0/mirion-generate.dll");
            return File.Exists(program) ? ["dotnet", program] : null;
        }

        return null;
    }
}
