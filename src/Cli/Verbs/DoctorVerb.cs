using System.CommandLine;
using System.Text.Json;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Cli.Verbs;

/// <summary><c>doctor</c>: looks at everything that is needed of the workspace, which need not be ready for that.</summary>
internal static class DoctorVerb
{
    public static Command Create(VerbRunner runner)
    {
        var command = new Command("doctor", "Check everything that is needed of the workspace, and say what to do where something is amiss.");
        runner.Bind(command, async (arguments, cancellationToken) =>
        {
            await using var session = await runner.OpenAsItIsAsync(cancellationToken);
            var checks = new List<WorkspaceCheck>();
            await foreach (var check in session.Workspace.ExamineAsync(cancellationToken))
            {
                checks.Add(check);
                if (!arguments.GetValue(runner.Json)) Show(check, runner.Output.Results);
            }

            if (arguments.GetValue(runner.Json)) runner.Output.Results.WriteLine(JsonSerializer.Serialize(checks, DomainJson.Options));
            return checks.TrueForAll(check => check.Passed) ? ExitCode.Done : ExitCode.UpstreamFailed;
        });
        return command;
    }

    // As it comes: what follows may take a while, such as a warehouse that starts.
    private static void Show(WorkspaceCheck check, TextWriter results)
    {
        results.WriteLine($"{(check.Passed ? "ok  " : "FAIL")}  {check.Name}: {check.Finding}");
        if (check.Remedy is { } remedy) results.WriteLine($"      {remedy}");
        results.Flush();
    }
}
