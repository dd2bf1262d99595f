using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Mirion.Generation.FakeDatabricks;

/// <summary>A refusal in the form Databricks gives it: <c>{error_code, message, details}</c> (docs.databricks.com/api/account/errors).</summary>
internal static class ApiError
{
    private const string ErrorInfo = "type.googleapis.com/google.rpc.ErrorInfo";

    /// <summary>A refusal.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The error code, such as <c>INVALID_PARAMETER_VALUE</c>.</param>
    /// <param name="message">What is wrong, for a person.</param>
    /// <param name="reason">The machine-readable reason of the detail, where the API gives one.</param>
    public static IResult Of(int status, string code, string message, string? reason = null) => Results.Json(
        new Body(code, message, reason is null ? null : [new Detail(ErrorInfo, reason, "databricks.com")]), statusCode: status);

    private sealed record Body(
        [property: JsonPropertyName("error_code")] string ErrorCode,
        [property: JsonPropertyName("message")] string Message,
        [property: JsonPropertyName("details"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Detail>? Details);

    private sealed record Detail(
        [property: JsonPropertyName("@type")] string Type,
        [property: JsonPropertyName("reason")] string Reason,
        [property: JsonPropertyName("domain")] string Domain);
}
