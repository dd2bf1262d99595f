using System.Globalization;
using System.Text.Json.Nodes;
using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Statements;

/// <summary>Replies about statements (docs.databricks.com/api/workspace/statementexecution/getstatement), with what they leave out left out.</summary>
internal sealed class StatementReply(ResultLinks links)
{
    /// <summary>The reply about a statement in a state that its client is told.</summary>
    public async Task<JsonObject> OfAsync(StatementRun run, string state)
    {
        var status = new JsonObject { ["state"] = state };
        var reply = new JsonObject { ["statement_id"] = run.Id, ["status"] = status };
        if (state == "FAILED")
        {
            status["error"] = new JsonObject { ["error_code"] = run.Error!.Code, ["message"] = run.Error.Message };
            if (run.Error.SqlState is { } sqlState) status["sql_state"] = sqlState;
        }

        if (state == "SUCCEEDED" && run.Result is { } result)
        {
            reply["manifest"] = Manifest(run, result);
            reply["result"] = result.All.Count == 0 ? new JsonObject() : await ChunkAsync(run, result, result.All[0]);
        }

        return reply;
    }

    /// <summary>A part of a result.</summary>
    public async Task<JsonObject> ChunkAsync(StatementRun run, ResultChunks result, ResultChunk chunk)
    {
        var place = new JsonObject { ["chunk_index"] = chunk.Index, ["row_offset"] = chunk.Offset, ["row_count"] = chunk.Rows.Count };
        if (chunk.Index + 1 < result.All.Count)
        {
            place["next_chunk_index"] = chunk.Index + 1;
            place["next_chunk_internal_link"] = string.Create(CultureInfo.InvariantCulture, $"/api/2.0/sql/statements/{run.Id}/result/chunks/{chunk.Index + 1}");
        }

        if (!run.Request.ByLinks)
        {
            place["data_array"] = new JsonArray([.. result.Print(chunk).Select(row => new JsonArray([.. row.Select(cell => (JsonNode?)cell)]))]);
            return place;
        }

        var link = await links.MakeAsync(run, chunk);
        place["external_link"] = link.Address.ToString();
        place["expiration"] = link.Expiration.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        place["byte_count"] = chunk.Bytes;
        return new JsonObject { ["external_links"] = new JsonArray(place) };
    }

    private static JsonObject Manifest(StatementRun run, ResultChunks result)
    {
        var manifest = new JsonObject { ["format"] = run.Request.Format, ["schema"] = Schema(result.Columns), ["total_chunk_count"] = result.All.Count };
        if (result.All.Count > 0) manifest["chunks"] = new JsonArray([.. result.All.Select(chunk => Place(run, chunk))]);
        manifest["total_row_count"] = result.RowCount;
        if (run.Request.ByLinks) manifest["total_byte_count"] = result.Bytes;
        manifest["truncated"] = result.Truncated;
        return manifest;
    }

    private static JsonObject Place(StatementRun run, ResultChunk chunk)
    {
        var place = new JsonObject { ["chunk_index"] = chunk.Index, ["row_offset"] = chunk.Offset, ["row_count"] = chunk.Rows.Count };
        if (run.Request.ByLinks) place["byte_count"] = chunk.Bytes;
        return place;
    }

    private static JsonObject Schema(IReadOnlyList<DataField> columns)
    {
        var schema = new JsonObject { ["column_count"] = columns.Count };
        if (columns.Count > 0) schema["columns"] = new JsonArray([.. columns.Select(Column)]);
        return schema;
    }

    private static JsonObject Column(DataField column, int position)
    {
        var json = new JsonObject { ["name"] = column.Name, ["type_text"] = column.Type.Ddl, ["type_name"] = column.Type.WireName, ["position"] = position };
        if (column.Type.Name == "DECIMAL") (json["type_precision"], json["type_scale"]) = (column.Type.Precision, column.Type.Scale);
        return json;
    }
}
