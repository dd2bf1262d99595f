using System.Text.Json;
using Mirion.Generation.FakeDatabricks.Sql.Dialect;
using Mirion.Generation.FakeDatabricks.Sql.Engine;

namespace Mirion.Generation.FakeDatabricks.Sql.Statements;

/// <summary>A part of a result.</summary>
internal sealed record ResultChunk(int Index, int Offset, IReadOnlyList<string?[]> Rows, long Bytes);

/// <summary>A result cut into the parts that are fetched one at a time.</summary>
internal sealed class ResultChunks
{
    private const long LinkBytes = 100L * 1024 * 1024 * 1024;

    private ResultChunks(IReadOnlyList<DataField> columns, IReadOnlyList<ResultChunk> chunks, bool truncated) => (Columns, All, Truncated) = (columns, chunks, truncated);

    public IReadOnlyList<DataField> Columns { get; }

    public IReadOnlyList<ResultChunk> All { get; }

    /// <summary>Whether rows were left out.</summary>
    public bool Truncated { get; }

    public int RowCount => All.Sum(chunk => chunk.Rows.Count);

    public long Bytes => All.Sum(chunk => chunk.Bytes);

    /// <summary>The parts of a result as its request wants it.</summary>
    /// <exception cref="SqlFailure">It is too large for the reply itself.</exception>
    public static ResultChunks Of(ResultTable table, StatementRequest request, FakeDatabricksOptions options)
    {
        var rows = table.Rows.Take(request.RowLimit is { } most ? (int)Math.Min(most, int.MaxValue) : int.MaxValue).ToList();
        var bytes = rows.ConvertAll(BytesOf);
        if (request.ByteLimit is not null || request.ByLinks) Limit(rows, bytes, request.ByteLimit ?? LinkBytes);
        if (!request.ByLinks && bytes.Sum() > options.MaxInlineBytes)
        {
            throw new SqlFailure(
                "RESULT_TOO_LARGE",
                "54000",
                "Inline byte limit exceeded. Statements executed with disposition=INLINE can have a result size of at most 26214400 bytes. "
                + "Please execute the statement with disposition=EXTERNAL_LINKS if you want to download the full result");
        }

        var at = 0;
        var chunks = rows.Chunk(options.RowsPerChunk).Select((part, index) =>
        {
            var chunk = new ResultChunk(index, at, part, bytes.Skip(at).Take(part.Length).Sum());
            at += part.Length;
            return chunk;
        });
        return new ResultChunks(table.Columns, [.. chunks], rows.Count < table.Rows.Count);
    }

    /// <summary>The rows of a part in format JSON_ARRAY.</summary>
    public IEnumerable<string?[]> Print(ResultChunk chunk) => chunk.Rows.Select(row => Cells.Print(Columns, row));

    /// <summary>A part as the body of a download.</summary>
    public (byte[] Body, string ContentType) Encode(ResultChunk chunk, string format) => format switch
    {
        "JSON_ARRAY" => (JsonSerializer.SerializeToUtf8Bytes(Print(chunk)), "application/json"),
        "CSV" => (CsvPart.Encode(Columns, chunk.Index == 0, Print(chunk)), "text/csv"),
        _ => (ArrowPart.Encode(Columns, chunk.Rows), "application/vnd.apache.arrow.stream"),
    };

    private static void Limit(List<string?[]> rows, List<long> bytes, long most)
    {
        long sum = 0;
        var count = bytes.TakeWhile(size => (sum += size) <= most).Count();
        rows.RemoveRange(count, rows.Count - count);
        bytes.RemoveRange(count, bytes.Count - count);
    }

    private static long BytesOf(string?[] row) => row.Sum(cell => 4L + (cell?.Length ?? 0));
}
