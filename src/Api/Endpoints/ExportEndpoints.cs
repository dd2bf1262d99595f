using System.Globalization;
using System.Text;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Mirion.Generation.Api.OpenApi;
using Mirion.Generation.Api.Problems;
using Mirion.Generation.Application.QAPairs.Export;

namespace Mirion.Generation.Api.Endpoints;

/// <summary>Taking pairs out, to train a model on.</summary>
internal static class ExportEndpoints
{
    /// <summary>How many pairs an export has.</summary>
    public const string ExportedPairs = "X-Exported-Pairs";

    /// <summary>How many are left out by reason, as a dictionary of RFC 9651: <c>unlabeled=45, rejected=0, flagged=0, use=3</c>.</summary>
    public const string ExcludedPairs = "X-Excluded-Pairs";

    private const string JsonLines = "application/x-ndjson";
    private const int BufferSize = 32 * 1024;

    /// <summary>Maps them.</summary>
    public static IEndpointRouteBuilder MapExport(this IEndpointRouteBuilder api)
    {
        var export = api.MapGroup("/training-sheets/{id}/export").WithTags("Training sheets");
        export.MapGet("/jsonl", ExportAsync).Named("exportTrainingSheet").Refuses(400, 404, 409).Produces<Stream>(StatusCodes.Status200OK, JsonLines);
        return api;
    }

    /// <summary>Export the labeled pairs of a training sheet</summary>
    /// <remarks>
    /// Chat JSON Lines in item order, one <c>{"messages": […]}</c> a line: pairs that are labeled and may be put to the use, and no others. How many there are
    /// is said by <c>X-Exported-Pairs</c>, and how many are left out by <c>X-Excluded-Pairs</c>, such as <c>unlabeled=45, rejected=0, flagged=0, use=3</c>. Refused
    /// while the training sheet is being generated.
    /// </remarks>
    internal static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportAsync(
        string id, HttpContext context, IMediator mediator, CancellationToken cancellationToken, string? use = null)
    {
        if (!Ids.TrainingSheet(id).TryGet(out var sheetId, out var unknown)) return unknown.ToProblem();
        if (!(await mediator.Send(new ExportPairsQuery(sheetId, use), cancellationToken)).TryGet(out var export, out var error)) return error.ToProblem();

        context.Response.Headers[ExportedPairs] = export.Count.Exported.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers[ExcludedPairs] = string.Join(", ", export.Count.Excluded.Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Key}={reason.Value}")));
        return TypedResults.Stream(body => WriteAsync(export, body, cancellationToken), JsonLines, $"{sheetId}.jsonl");
    }

    private static async Task WriteAsync(PairExport export, Stream body, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize, leaveOpen: true);
        await ChatLines.WriteAsync(export.Pairs, writer, cancellationToken);
    }
}
