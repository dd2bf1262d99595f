using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Local;

/// <summary>An embedded workspace.</summary>
internal sealed class LocalWorkspace(
    DuckDbDatabase database, ISqlSession session, SchemaUpgrades upgrades, IEnumerable<ISampleSeeder> seeders, IOptions<LocalOptions> options) : IWorkspace
{
    public async Task<WorkspacePreparation> PrepareAsync(CancellationToken cancellationToken)
    {
        // The note outlives an attempt that is broken off, so that the next one seeds what is missing.
        if (options.Value.SeedSample && !File.Exists(database.Folder.DatabaseFile)) await NoteAsync(cancellationToken);
        var change = await upgrades.ApplyAsync(cancellationToken);
        var seeded = File.Exists(database.Folder.SeedingNote) && await SeedAsync(cancellationToken);
        return new WorkspacePreparation(database.Folder.Root, change.From, change.To, seeded);
    }

    public Task PingAsync(CancellationToken cancellationToken) => session.QueryAsync(SqlStatement.Of($"SELECT 1 AS one"), row => row.Number("one"), cancellationToken);

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
