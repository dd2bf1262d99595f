using DuckDB.NET.Data;
using Mirion.Generation.Benchmarks.Workload;

namespace Mirion.Generation.Benchmarks.Subjects;

/// <summary>What is in the store of a folder that no process has open, looked up in a copy: opening it here would mend what the engine is to mend.</summary>
/// <param name="TrainingSheet">The first training sheet; null when there is none yet.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Counted">The pairs it counts.</param>
/// <param name="Rows">The pairs there are.</param>
/// <param name="Items">Different items among them.</param>
/// <param name="Flagged">Pairs that are flagged.</param>
internal sealed record StoredPairs(string? TrainingSheet, string? Status, long Counted, long Rows, long Items, long Flagged)
{
    public static StoredPairs Read(string folder, string copy)
    {
        var database = PreparedFolder.Database(folder);
        foreach (var file in Directory.EnumerateFiles(folder, Path.GetFileName(database) + "*")) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        try
        {
            using var connection = RawSql.Open(copy);
            return Read(connection);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>Items of <paramref name="expected"/> that have no pair or more than one.</summary>
    public long NotExactlyOnce(int expected) => Math.Abs(expected - Items) + (Rows - Items);

    private static StoredPairs Read(DuckDBConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT id, status, labeled_pairs + unlabeled_pairs + rejected_pairs + flagged_pairs,
                   (SELECT count(*) FROM qa_pairs p WHERE p.training_sheet_id = t.id),
                   (SELECT count(DISTINCT item_ref) FROM qa_pairs p WHERE p.training_sheet_id = t.id),
                   (SELECT count(*) FROM qa_pairs p WHERE p.training_sheet_id = t.id AND p.status = 'flagged')
            FROM training_sheets t ORDER BY created_at LIMIT 1
            """;
        using var row = command.ExecuteReader();
        return row.Read()
            ? new StoredPairs(row.GetString(0), row.GetString(1), Convert.ToInt64(row.GetValue(2), System.Globalization.CultureInfo.InvariantCulture), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5))
            : new StoredPairs(null, null, 0, 0, 0, 0);
    }
}
