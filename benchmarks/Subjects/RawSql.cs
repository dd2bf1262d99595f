using DuckDB.NET.Data;
using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.Workload;

namespace Mirion.Generation.Benchmarks.Subjects;

/// <summary>
/// The least a store could do: the rows of a prepared folder, joined with its labels into a table of the columns of ours and the same text, by one statement,
/// without rendering templates, checks or constraints.
/// </summary>
internal static class RawSql
{
    public static Task<int> RunAsync(Arguments arguments)
    {
        var folder = arguments.Text("folder");
        using var connection = Open(folder);
        Execute(connection, "CREATE TABLE raw_pairs AS SELECT * FROM qa_pairs LIMIT 0");
        var insert = Insert(folder);
        return SubjectProcess.AnswerAsync(() => Measurement.OfAsync(() => Task.FromResult(((long)Execute(connection, insert), 0L))));
    }

    /// <summary>How many pairs of the engine have the chat that plain SQL makes for the same item, which shows that both did the same work.</summary>
    public static long CountAlike(string folder)
    {
        using var connection = Open(folder);
        Execute(connection, "CREATE OR REPLACE TABLE raw_pairs AS SELECT * FROM qa_pairs LIMIT 0");
        Execute(connection, Insert(folder));
        return (long)Scalar(connection, "SELECT count(*) FROM qa_pairs p JOIN raw_pairs r USING (item_ref, sequence_number, status) WHERE CAST(p.messages AS VARCHAR) = CAST(r.messages AS VARCHAR)");
    }

    public static object Scalar(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }

    public static DuckDBConnection Open(string folder)
    {
        var connection = new DuckDBConnection($"DataSource={PreparedFolder.Database(folder)}");
        connection.Open();
        return connection;
    }

    private static int Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    // Ids and fingerprints are other hashes than ours, of the same size.
    private static string Insert(string folder) => $$"""
        INSERT INTO raw_pairs BY NAME
        SELECT CAST(md5('raw' || s.inspection_id) AS UUID) AS id,
               'raw' AS training_sheet_id,
               l.sheet_id,
               s.inspection_id AS item_ref,
               row_number() OVER (ORDER BY s.inspection_id) - 1 AS sequence_number,
               '[{"role":"system","content":"{{Inspections.SystemPrompt}}"},{"role":"user","content":' || to_json(
                   'Line ' || s.line || ', score ' || s.score || E'.\nNotes: ' || s.notes || E'\nWhich defect is it?')
                   || '},{"role":"assistant","content":' || to_json(CAST(l.label_data AS VARCHAR)) || '}]' AS messages,
               'labeled' AS status,
               'canonical' AS labeling_mode,
               l.id AS canonical_label_id,
               l.allowed_uses, l.prohibited_uses, l.usage_reason, l.data_classification,
               l.labeled_by AS reviewed_by,
               l.labeled_at AS reviewed_at,
               '{"template_version":1,"prompt_hash":"' || sha256(s.notes) || '","attempts":0,"few_shot_refs":[]}' AS generation_metadata,
               now() AS created_at
        FROM read_csv('{{PreparedFolder.Csv(folder)}}') s
        JOIN canonical_labels l ON l.sheet_id = '{{BenchWorkspace.Sheet}}' AND l.label_type = '{{BenchWorkspace.LabelType}}' AND l.item_ref = s.inspection_id
        """;
}
