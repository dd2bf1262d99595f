using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using Mirion.Generation.FakeDatabricks;

namespace Mirion.Generation.Infrastructure.IntegrationTests.FakeDatabricks;

/// <summary>The workspace as a program of its own.</summary>
public sealed class StandaloneTests
{
    [TestCase(new string[0], 8787, null)]
    [TestCase(new[] { "--port", "9000", "--folder", "/tmp/x" }, 9000, "/tmp/x")]
    public void TryRead_OfGoodArguments_TakesThem(string[] arguments, int port, string? folder)
    {
        Assert.That(StandaloneArguments.TryRead(arguments, out var read), Is.True);
        Assert.That((read.Port, read.Folder), Is.EqualTo((port, folder)));
    }

    [Test]
    public void TryRead_WithAJobCommand_SplitsIt()
    {
        Assert.That(StandaloneArguments.TryRead(["--job-command", "dotnet  x.dll"], out var read), Is.True);
        Assert.That(read.JobCommand, Is.EqualTo(new[] { "dotnet", "x.dll" }));
    }

    [TestCase("--port")]
    [TestCase("--port", "many")]
    [TestCase("--port", "70000")]
    [TestCase("--job-command", " ")]
    [TestCase("--help", "")]
    public void TryRead_OfBadArguments_RefusesThem(params string[] arguments) => Assert.That(StandaloneArguments.TryRead(arguments, out _), Is.False);

    [Test]
    public async Task Program_UntilItIsStopped_IsTheWorkspaceThatItsVariablesName()
    {
        using var program = Process.Start(new ProcessStartInfo("dotnet", [typeof(FakeDatabricksWorkspace).Assembly.Location, "--port", "0"]) { RedirectStandardOutput = true })!;
        try
        {
            var variables = new Dictionary<string, string>();
            while (!variables.ContainsKey("DATABRICKS_TOKEN") && await program.StandardOutput.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("export ", StringComparison.Ordinal) && line["export ".Length..].Split('=', 2) is [var name, var value]) variables[name] = value;
            }

            using var client = new HttpClient { BaseAddress = new Uri(variables["DATABRICKS_HOST"]) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", variables["DATABRICKS_TOKEN"]);
            var jobs = await client.GetStringAsync("/api/2.2/jobs/list");
            Assert.That(jobs, Does.Contain(variables["Workspace__Databricks__JobId"]));
            Assert.That(variables.Keys, Is.SupersetOf(new[]
            {
                "DATABRICKS_WAREHOUSE_ID", "Workspace__Provider", "Workspace__Databricks__Catalog", "Workspace__Databricks__Schema", "Workspace__Databricks__StagingVolume",
            }));

            _ = SendSignal(program.Id, Interrupt);
            await program.WaitForExitAsync();
            Assert.That(program.ExitCode, Is.Zero);
        }
        finally
        {
            if (!program.HasExited) program.Kill();
        }
    }

    private const int Interrupt = 2;

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);
}
