using System.Diagnostics;
using System.Net.Mime;
using Microsoft.AspNetCore.WebUtilities;
using Mirion.Generation.Api.Endpoints;
using Mirion.Generation.Api.Hosting;

namespace Mirion.Generation.Api.Problems;

/// <summary>
/// Writes every problem, whatever the caller says it accepts: the framework's own writer stays silent when a caller asks for something
/// else than JSON, and an error without a word is worse than one in the wrong format.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    /// <summary>The member that holds the stable reason.</summary>
    public const string Code = "code";

    /// <summary>What the log knows a request by.</summary>
    public static string TraceIdOf(HttpContext http) => Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;

    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        var status = problem.Status ??= http.Response.StatusCode;
        problem.Type = $"https://httpwg.org/specs/rfc9110.html#status.{status}";
        problem.Title = ReasonPhrases.GetReasonPhrase(status);
        if (!problem.Extensions.ContainsKey(Code))
        {
            var (code, detail) = Explain(status, http.Request);
            problem.Extensions[Code] = code;
            problem.Detail ??= detail;
        }

        problem.Extensions["trace_id"] = TraceIdOf(http);
        return new(http.Response.WriteAsJsonAsync(problem, options: null, MediaTypeNames.Application.ProblemJson, http.RequestAborted));
    }

    // What the framework itself refuses, without a word.
    private static (string Code, string Detail) Explain(int status, HttpRequest request) => status switch
    {
        StatusCodes.Status400BadRequest => ("malformed_request", "The request cannot be read."),
        StatusCodes.Status404NotFound => ("not_found", "There is nothing at this path. What there is, /openapi/v1.json lists."),
        StatusCodes.Status405MethodNotAllowed => ("method_not_allowed", $"{request.Method} is not possible here; the Allow header says what is."),
        StatusCodes.Status413PayloadTooLarge =>
            ("request_too_large", $"The body is larger than {HostServices.MaxBodyBytes >> 20} MB. Labels in any number can be sent as JSON Lines to {Routes.Base}/canonical-labels/bulk."),
        StatusCodes.Status415UnsupportedMediaType => ("unsupported_media_type", "Send application/json; labels in bulk also as application/x-ndjson or application/jsonl."),
        < StatusCodes.Status500InternalServerError => ("request_refused", "The request was refused."),
        _ => ("internal_error", "Something unexpected went wrong here. The log has the details under the trace id."),
    };
}
