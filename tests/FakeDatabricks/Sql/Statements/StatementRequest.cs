using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Mirion.Generation.FakeDatabricks.Sql.Statements;

/// <summary>A statement as it was sent (docs.databricks.com/api/workspace/statementexecution/executestatement).</summary>
internal sealed record StatementRequest
{
    private const int LongestStatement = 16 * 1024 * 1024;
    private const int LargestParameters = 1_000_000;
    private const int MostParameters = 256;
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(50);

    private static readonly HashSet<string> Known =
    [
        "statement", "warehouse_id", "catalog", "schema", "parameters", "wait_timeout", "on_wait_timeout", "disposition", "format", "row_limit", "byte_limit", "query_tags",
    ];

    public required string Statement { get; init; }

    public required string WarehouseId { get; init; }

    public string Catalog { get; init; } = "main";

    public string Schema { get; init; } = "default";

    public IReadOnlyList<StatementParameter> Parameters { get; init; } = [];

    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(10);

    public bool CancelsAfterWait { get; init; }

    public bool ByLinks { get; init; }

    public string Format { get; init; } = "JSON_ARRAY";

    public long? RowLimit { get; init; }

    public long? ByteLimit { get; init; }

    /// <summary>The request that a body is.</summary>
    /// <exception cref="RequestRefusal">It is none that the API takes.</exception>
    public static StatementRequest Parse(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object) throw RequestRefusal.Malformed("Could not parse the request: it must be a JSON object.");
        if (body.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
        {
            throw RequestRefusal.Malformed($"Could not parse the request: unknown field '{unknown}'.");
        }

        var fields = new RequestFields(body);
        var request = new StatementRequest
        {
            Statement = fields.Text("statement") ?? throw RequestRefusal.Invalid("Statement is required."),
            WarehouseId = fields.Text("warehouse_id") ?? throw RequestRefusal.Invalid("warehouse_id is required."),
            Catalog = fields.Text("catalog")?.ToLowerInvariant() ?? "main",
            Schema = fields.Text("schema")?.ToLowerInvariant() ?? "default",
            Parameters = ReadParameters(body),
            Wait = WaitOf(fields.Text("wait_timeout") ?? "10s"),
            CancelsAfterWait = fields.OneOf("on_wait_timeout", "CONTINUE", "CANCEL") == "CANCEL",
            ByLinks = fields.OneOf("disposition", "INLINE", "EXTERNAL_LINKS") == "EXTERNAL_LINKS",
            Format = fields.OneOf("format", "JSON_ARRAY", "ARROW_STREAM", "CSV"),
            RowLimit = fields.Positive("row_limit"),
            ByteLimit = fields.Positive("byte_limit"),
        };
        request.Check();
        return request;
    }

    private void Check()
    {
        if (Encoding.UTF8.GetByteCount(Statement) > LongestStatement) throw RequestRefusal.Invalid("The statement text is larger than the limit of 16 MiB.");
        if (!ByLinks && Format != "JSON_ARRAY") throw RequestRefusal.Invalid($"The format {Format} is supported with the EXTERNAL_LINKS disposition only.");
        if (CancelsAfterWait && Wait == TimeSpan.Zero) throw RequestRefusal.Invalid("on_wait_timeout CANCEL needs a wait_timeout above 0s.");
        if (Parameters.Count > MostParameters)
        {
            // The words a real warehouse has for it: github.com/databricks/databricks-sqlalchemy, issue 24.
            throw new RequestRefusal(
                StatusCodes.Status400BadRequest,
                "BAD_REQUEST",
                $"Statement has too many parameters: {Parameters.Count} parameters were given but the limit is {MostParameters}.");
        }

        if (Parameters.Sum(parameter => Encoding.UTF8.GetByteCount(parameter.Value ?? string.Empty)) > LargestParameters)
        {
            throw new RequestRefusal(StatusCodes.Status400BadRequest, "BAD_REQUEST", "The values of the parameters are larger than the limit of 1 MB.");
        }
    }

    private static List<StatementParameter> ReadParameters(JsonElement body)
    {
        var parameters = new List<StatementParameter>();
        if (!body.TryGetProperty("parameters", out var list) || list.ValueKind is JsonValueKind.Null) return parameters;
        if (list.ValueKind is not JsonValueKind.Array) throw RequestRefusal.Malformed("Could not parse the request: 'parameters' must be an array.");
        foreach (var each in list.EnumerateArray()) parameters.Add(StatementParameter.Parse(each));
        return parameters;
    }

    private static TimeSpan WaitOf(string text)
    {
        var wait = text.EndsWith('s') && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : throw RequestRefusal.Invalid($"wait_timeout '{text}' is no duration in seconds.");
        return wait == TimeSpan.Zero || (wait >= ShortestWait && wait <= LongestWait)
            ? wait
            : throw RequestRefusal.Invalid($"wait_timeout must be 0 seconds (0s), or between 5 seconds (5s) and 50 seconds (50s); received {text}.");
    }
}
