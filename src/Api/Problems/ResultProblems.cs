using Microsoft.AspNetCore.Http.HttpResults;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Api.Problems;

/// <summary>Expected refusals as problems: one table from kind to status.</summary>
internal static class ResultProblems
{
    /// <summary>The problem that answers a refused request.</summary>
    public static ProblemHttpResult ToProblem(this Error error) =>
        TypedResults.Problem(detail: error.Message, statusCode: StatusOf(error.Kind), extensions: Members(error.Code, error.Fields));

    /// <summary>What a problem has beside the members of the RFC; no <c>errors</c> where there are no fields.</summary>
    public static Dictionary<string, object?> Members(string code, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var members = new Dictionary<string, object?> { [ProblemWriter.Code] = code };
        if (errors is { Count: > 0 }) members["errors"] = errors;
        return members;
    }

    private static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Stale => StatusCodes.Status412PreconditionFailed,
        ErrorKind.Unprocessable => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.Upstream => StatusCodes.Status502BadGateway,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Every kind of refusal has its status."),
    };
}
