using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Local;

/// <summary>An embedded workspace.</summary>
internal sealed class LocalWorkspace(
    DuckDbDatabase database, ISqlSession session, SchemaUpgrades upgrades, IEnumerable<ISampleSeeder> seeders, IOptions<LocalOptions> options) : IWorkspace
{
    private volatile bool _voided;

    public async Task<WorkspacePreparation> PrepareAsync(CancellationToken cancellationToken)
    {
        // The note outlives an attempt that is broken off, so that the next one seeds what is missing.
        if (options.Value.SeedSample && !File.Exists(database.Folder.DatabaseFile)) await NoteAsync(cancellationToken);
        var change = await upgrades.ApplyAsync(cancellationToken);
        if (!_voided) await VoidLeasesAsync(cancellationToken);
        _voided = true;
        var seeded = File.Exists(database.Folder.SeedingNote) && await SeedAsync(cancellationToken);
        return new WorkspacePreparation(database.Folder.Root, change.From, change.To, seeded);
    }

    // Whoever opens an embedded workspace brings it up to date.
    public Task<WorkspacePreparation> MigrateAsync(CancellationToken cancellationToken) => PrepareAsync(cancellationToken);

    public async IAsyncEnumerable<WorkspaceCheck> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await ExamineTablesAsync(cancellationToken);
    }

    public Task PingAsync(CancellationToken cancellationToken) => session.QueryAsync(SqlStatement.Of($"SELECT 1 AS one"), row => row.Number("one"), cancellationToken);

    private async Task<WorkspaceCheck> ExamineTablesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await PrepareAsync(cancellationToken);
            return new WorkspaceCheck("tables", Passed: true, $"The tables in {found.Location} have version {found.ToVersion}.");
        }
        catch (UpstreamException e)
        {
            return new WorkspaceCheck("tables", Passed: false, e.Message, "Check the folder that Workspace:Local:Path names, and that no other program has it open.");
        }
    }

    // Whoever opens an embedded workspace is alone in it: what a run held when its process died is free at once.
    private Task<long> VoidLeasesAsync(CancellationToken cancellationToken)
    {
        var table = TrainingSheetRows.Table;
        var free = SqlStatement.Of($"UPDATE {table} SET {table["run_id"]} = NULL, {table["run_seen_at"]} = NULL WHERE {table["run_seen_at"]} IS NOT NULL");
        return session.WriteAsync(writer => writer.ExecuteAsync(free), cancellationToken);
    }

    private async Task NoteAsync(CancellationToken cancellationToken)
    {
        try
        {
            database.Folder.Create();
            await File.WriteAllTextAsync(database.Folder.SeedingNote, string.Empty, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DuckDbTrouble.Making(e, database.Folder);
        }
    }

    private async Task<bool> SeedAsync(CancellationToken cancellationToken)
    {
        var seeded = false;
        foreach (var seeder in seeders)
        {
            await seeder.SeedAsync(cancellationToken);
            seeded = true;
        }

        File.Delete(database.Folder.SeedingNote);
        return seeded;
    }
}
