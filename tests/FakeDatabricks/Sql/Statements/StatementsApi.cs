using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mirion.Generation.FakeDatabricks.Sql.Statements;

/// <summary>Statement Execution API 2.0 (docs.databricks.com/api/workspace/statementexecution).</summary>
internal sealed class StatementsApi(StatementQueue queue, Warehouse warehouse, FakeDatabricksOptions options) : IFakeApi, IAsyncDisposable
{
    private readonly ResultLinks _links = new(queue.Plans, options.Clock, options.LinkLifetime);

    public void Map(IEndpointRouteBuilder routes)
    {
        const string One = "/api/2.0/sql/statements/{id}";
        routes.MapPost("/api/2.0/sql/statements", (Delegate)SubmitAsync);
        routes.MapGet(One, (string id) => OfStatementAsync(id, run => ReplyAsync(run, run.Poll())));
        routes.MapGet($"{One}/result/chunks/{{index:int}}", (string id, int index) => OfStatementAsync(id, run => ChunkAsync(run, index)));
        routes.MapPost($"{One}/cancel", (string id) => OfStatementAsync(id, run => Change(() => queue.Cancel(run))));
        routes.MapDelete(One, (string id) => OfStatementAsync(id, run => Change(run.Close)));
    }

    public ValueTask DisposeAsync() => _links.DisposeAsync();

    private async Task<IResult> SubmitAsync(HttpContext context)
    {
        try
        {
            var request = StatementRequest.Parse(await BodyAsync(context));
            if (request.WarehouseId != warehouse.Id) return ApiError.Invalid($"{request.WarehouseId} is not a valid endpoint id.");
            var run = queue.Submit(request);
            if (request.Wait == TimeSpan.Zero) return await ReplyAsync(run, "PENDING");
            await Task.WhenAny(run.Ended, Task.Delay(request.Wait, options.Clock, context.RequestAborted));
            var state = run.Poll();
            if (!request.CancelsAfterWait || state is not ("PENDING" or "RUNNING")) return await ReplyAsync(run, state);
            queue.Cancel(run);
            await run.Ended;
            return await ReplyAsync(run, run.Poll());
        }
        catch (RequestRefusal refusal)
        {
            return refusal.Reply();
        }
    }

    private static async Task<JsonElement> BodyAsync(HttpContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            return body.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw RequestRefusal.Malformed("Could not parse the request: it is no JSON.");
        }
    }

    private async Task<IResult> OfStatementAsync(string id, Func<StatementRun, Task<IResult>> answer) => queue.Find(id) is { } run
        ? await answer(run)
        : ApiError.Of(StatusCodes.Status404NotFound, "NOT_FOUND", $"The statement {id} was not found.");

    private async Task<IResult> ReplyAsync(StatementRun run, string state) => Json(await new StatementReply(_links).OfAsync(run, state));

    private async Task<IResult> ChunkAsync(StatementRun run, int index)
    {
        if (run.Result is not { } result) return ApiError.Of(StatusCodes.Status404NotFound, "NOT_FOUND", $"The statement {run.Id} has no result in state {run.Sent.State}.");
        return index < result.All.Count
            ? Json(await new StatementReply(_links).ChunkAsync(run, result, result.All[index]))
            : ApiError.Of(StatusCodes.Status404NotFound, "NOT_FOUND", $"The result of statement {run.Id} has no chunk {index}.");
    }

    private static Task<IResult> Change(Action change)
    {
        change();
        return Task.FromResult(Json([]));
    }

    private static IResult Json(JsonObject json) => Results.Text(json.ToJsonString(), "application/json");
}
