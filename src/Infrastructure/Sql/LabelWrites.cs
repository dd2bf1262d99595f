using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Labels;
using static Mirion.Generation.Infrastructure.Sql.CanonicalLabelStatements;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>
/// Writes canonical labels, whoever gives them, and keeps what was there. First the version there is is kept, then the label is written over it provided that this is still the version that was
/// kept: a store without transactions loses none between the two, and what somebody wrote in between is kept in another round.
/// </summary>
internal sealed class LabelWrites
{
    // Each round but the last was lost to somebody who wrote.
    private const int MostRounds = 50;

    private long _count;

    /// <summary>How often this process, which may be the only one that does, has written labels.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>Notes that labels were written, once their commit is done.</summary>
    public void Note() => Interlocked.Increment(ref _count);

    /// <summary>Makes labels, or the next versions of those there are.</summary>
    /// <param name="writer">Within this commit.</param>
    /// <param name="rows">The labels, a relation.</param>
    /// <param name="expected">How many there are at most.</param>
    /// <param name="changed">The columns that a next version takes from them.</param>
    public static async Task UpsertAsync(ISqlWriter writer, SqlStatement rows, long expected, IReadOnlyList<ColumnDefinition> changed)
    {
        var open = rows;
        for (var round = 0; round < MostRounds; round++)
        {
            await writer.ExecuteAsync(Keep(Present(open)), repeatable: true);
            if (await writer.ExecuteAsync(Upsert(open, changed), repeatable: true) >= expected) return;
            open = NotStored(rows);
            var left = await writer.QueryAsync(SqlStatement.Of($"SELECT count(*) AS labels FROM {open} AS l"), row => row.Number("labels"));
            if (left[0] == 0) return;
            expected = left[0];
        }

        throw new UpstreamException("workspace_failed", "Labels could not be written, since others kept writing the same ones. Try again.", UpstreamFault.Unavailable);
    }

    /// <summary>Deletes a label and keeps it as a version; false when there was none.</summary>
    public static async Task<bool> DeleteAsync(ISqlWriter writer, CanonicalLabelId id)
    {
        while (await writer.ExecuteAsync(Keep(Present(id)), repeatable: true) >= 0)
        {
            if (await writer.ExecuteAsync(DeleteKept(id)) > 0) return true;
            var left = await writer.QueryAsync(SqlStatement.Of($"SELECT count(*) AS labels FROM {Present(id)} AS l"), row => row.Number("labels"));
            if (left[0] == 0) return false;
        }

        return false;
    }
}
