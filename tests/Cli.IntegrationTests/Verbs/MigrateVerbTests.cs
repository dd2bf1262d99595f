using Mirion.Generation.Application.Ports;
using Mirion.Generation.Cli.IntegrationTests.Hosting;

namespace Mirion.Generation.Cli.IntegrationTests.Verbs;

public sealed class MigrateVerbTests
{
    [TestCase(0, 2, "from version 0 to 2")]
    [TestCase(2, 2, "up to date at version 2")]
    public async Task Migrate_WhateverItFound_SaysWhereTheTablesStand(int from, int to, string said)
    {
        using var host = new InMemoryHost();
        host.Workspace.Preparation = new WorkspacePreparation("/work/generation.duckdb", from, to, SampleSeeded: false);

        var run = await host.RunAsync("migrate");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.Output, Does.Contain(said).And.Contain("/work/generation.duckdb"));
        }
    }
}
