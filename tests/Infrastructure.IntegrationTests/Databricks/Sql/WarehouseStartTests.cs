using Microsoft.Extensions.Time.Testing;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.Infrastructure.Databricks.Sql;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql;

/// <summary>The warehouse over a workspace, on one clock.</summary>
[TestFixture]
public sealed class WarehouseStartTests
{
    [TestCase(20)]
    [TestCase(70)]
    public async Task QueryAsync_WhenTheWarehouseIsStopped_WaitsUntilItHasStarted(int seconds)
    {
        var clock = new FakeTimeProvider();
        var began = clock.GetUtcNow();
        await using var workspace = await FakeDatabricksWorkspace.StartAsync(
            new FakeDatabricksOptions { Clock = clock, WarehouseRunning = false, WarehouseStart = TimeSpan.FromSeconds(seconds) });
        await using var host = new StoreHost(workspace, clock);

        var query = host.Get<Warehouse>().QueryAsync(SqlStatement.Of($"SELECT {1} AS one"), row => row.Number("one"), StatementRights.Program, CancellationToken.None);
        while (!query.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(0.25));
            await Task.WhenAny(query, Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System));
        }

        Assert.That(await query, Is.EqualTo(new[] { 1L }));
        Assert.That((clock.GetUtcNow() - began).TotalSeconds, Is.GreaterThanOrEqualTo(seconds));
        Assert.That(workspace.Statements, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task QueryAsync_WhenTheCallerLeaves_StopsTheStatementInTheWorkspace()
    {
        await using var workspace = await FakeDatabricksWorkspace.StartAsync();
        await using var host = new StoreHost(workspace, new FakeTimeProvider());
        using var leaving = new CancellationTokenSource();
        workspace.SlowStatements(polls: 1_000);

        var query = host.Get<Warehouse>().QueryAsync(SqlStatement.Of($"SELECT {1} AS one"), row => row.Number("one"), StatementRights.Program, leaving.Token);
        while (workspace.Statements.Count == 0) await Task.Yield();
        await leaving.CancelAsync();

        await Assert.ThatAsync(() => query, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(workspace.Requests.Select(request => request.Path), Has.Some.EndsWith("/cancel"));
    }

    [Test]
    public async Task QueryAsync_WhenItIsTheUsers_IsAskedWithTheUsersToken()
    {
        await using var workspace = await FakeDatabricksWorkspace.StartAsync();
        await using var host = new StoreHost(workspace);
        host.AccessToken = workspace.AddUserToken("ada");

        await foreach (var _ in host.Get<Warehouse>().StreamAsync(SqlStatement.Of($"SELECT {1} AS one"), row => row.Number("one"), StatementRights.User, CancellationToken.None))
        {
        }

        Assert.That(workspace.Requests.Select(request => request.Identity), Is.All.EqualTo("ada"));
    }
}
