using System.Text.Json;
using System.Text.Json.Nodes;
using Mirion.Generation.FakeDatabricks;

namespace Mirion.Generation.Infrastructure.IntegrationTests.FakeDatabricks;

/// <summary>Sends statements and reads what comes back.</summary>
internal sealed class SqlCalls(FakeDatabricksWorkspace workspace, Wire api)
{
    public const string Path = "/api/2.0/sql/statements";

    /// <summary>Sends a statement that has a minute; what is given beside it goes into the body.</summary>
    public Task<Answer> SubmitAsync(string statement, params (string Name, JsonNode? Value)[] fields)
    {
        var body = new JsonObject { ["statement"] = statement, ["warehouse_id"] = workspace.WarehouseId, ["wait_timeout"] = "50s" };
        foreach (var (name, value) in fields) body[name] = value?.DeepClone();
        return api.PostAsync(Path, body.ToJsonString());
    }

    /// <summary>The reply of a statement that must succeed.</summary>
    public async Task<JsonElement> RunAsync(string statement, params (string Name, JsonNode? Value)[] fields)
    {
        var answer = await SubmitAsync(statement, fields);
        Assert.That(StateOf(answer), Is.EqualTo("SUCCEEDED"), () => $"{statement}\n{answer.Body}\n{workspace.Statements[^1].Cause}");
        return answer.Json;
    }

    /// <summary>The only cell of the only row.</summary>
    public async Task<string?> CellAsync(string statement, params (string Name, JsonNode? Value)[] fields) => (await RowsAsync(statement, fields))[0][0];

    /// <summary>The rows.</summary>
    public async Task<string?[][]> RowsAsync(string statement, params (string Name, JsonNode? Value)[] fields)
    {
        var result = (await RunAsync(statement, fields)).GetProperty("result");
        return result.TryGetProperty("data_array", out var rows) ? [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetString()).ToArray())] : [];
    }

    /// <summary>The error of a statement that must fail: its code, message and SQLSTATE.</summary>
    public async Task<(string? Code, string Message, string? SqlState)> FailAsync(string statement, params (string Name, JsonNode? Value)[] fields)
    {
        var answer = await SubmitAsync(statement, fields);
        Assert.That(StateOf(answer), Is.EqualTo("FAILED"), () => $"{statement}\n{answer.Body}");
        var status = answer.Json.GetProperty("status");
        var error = status.GetProperty("error");
        return (error.GetProperty("error_code").GetString(), error.GetProperty("message").GetString()!, status.TryGetProperty("sql_state", out var state) ? state.GetString() : null);
    }

    public static (string Name, JsonNode? Value) Parameters(params (string Name, string? Value, string Type)[] parameters) =>
        ("parameters", new JsonArray([.. parameters.Select(parameter => new JsonObject { ["name"] = parameter.Name, ["value"] = parameter.Value, ["type"] = parameter.Type })]));

    public static string? StateOf(Answer answer) => answer.Status == 200 ? answer.Json.GetProperty("status").GetProperty("state").GetString() : $"HTTP {answer.Status} {answer.Body}";
}
