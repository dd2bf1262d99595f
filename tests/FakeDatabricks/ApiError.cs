using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Mirion.Generation.FakeDatabricks;

/// <summary>A refusal in the form Databricks gives it: <c>{error_code, message, details}</c> (docs.databricks.com/api/account/errors).</summary>
internal static class ApiError
{
    private const string FilesDomain = "filesystem.databricks.com";

    /// <summary>A refusal.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The error code, such as <c>INVALID_PARAMETER_VALUE</c>.</param>
    /// <param name="message">What is wrong, for a person.</param>
    /// <param name="reason">The machine-readable reason of the detail, where the API gives one.</param>
    public static IResult Of(int status, string code, string message, string? reason = null) => new Refusal(status, code, message, reason, "databricks.com");

    /// <summary>A refusal of the Files API.</summary>
    public static IResult OfFiles(int status, string code, string message, string reason) => new Refusal(status, code, message, reason, FilesDomain);

    /// <summary>A refusal whose error code is the status, as a number: what is in front of the APIs answers so.</summary>
    public static IResult Numeric(int status, string message) => new Refusal(status, status, message, Reason: null, Domain: "");

    /// <summary>The request is not one of this API: no JSON, a member it does not have, a value of the wrong type.</summary>
    public static IResult Malformed(string message) => Of(StatusCodes.Status400BadRequest, "MALFORMED_REQUEST", message);

    /// <summary>A value is not one the API takes.</summary>
    public static IResult Invalid(string message) => Of(StatusCodes.Status400BadRequest, "INVALID_PARAMETER_VALUE", message);

    private sealed record Refusal(int Status, JsonNode Code, string Message, string? Reason, string Domain) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var body = new JsonObject { ["error_code"] = Code.DeepClone(), ["message"] = Message };
            if (Reason is not null) body["details"] = new JsonArray(ErrorInfo(), RequestInfo(httpContext));
            return Results.Text(body.ToJsonString(), "application/json", statusCode: Status).ExecuteAsync(httpContext);
        }

        private JsonObject ErrorInfo() =>
            new() { ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo", ["reason"] = Reason, ["domain"] = Domain };

        private static JsonObject RequestInfo(HttpContext context) =>
            new() { ["@type"] = "type.googleapis.com/google.rpc.RequestInfo", ["request_id"] = context.Response.Headers["x-request-id"].ToString() };
    }
}
