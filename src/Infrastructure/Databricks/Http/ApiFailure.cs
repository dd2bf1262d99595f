using System.Text.Json;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Http;

namespace Mirion.Generation.Infrastructure.Databricks.Http;

/// <summary>Reads an answer that is no success. Bodies come as <c>{error_code, message, details}</c>, with a number for a code, as HTML, as text or empty (docs.databricks.com/api/account/errors).</summary>
internal static class ApiFailure
{
    private const int MostBytes = 64 * 1024;

    // What Jobs and older APIs answer, with a 400, instead of a 404.
    private const string Missing = "does not exist";

    public static async Task<DatabricksException> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var (code, reason, message) = await ReadBodyAsync(response, cancellationToken);
        var what = $"Databricks answered HTTP {status}{(code is null ? "" : $" {code}")} to {Described(response.RequestMessage)}{response.Headers.RequestId()}";
        return new DatabricksException($"{what}. {Advice(status)}", FaultOf(status))
        {
            Status = status,
            ErrorCode = code,
            Reason = reason,
            IsNotFound = status == 404 || (status == 400 && message?.Contains(Missing, StringComparison.OrdinalIgnoreCase) is true),
        };
    }

    /// <summary>A call as messages name it: without the query, which may be a secret.</summary>
    public static string Described(HttpRequestMessage? request) =>
        request is { RequestUri: { } uri } ? $"{request.Method} {(uri.IsAbsoluteUri ? uri.AbsolutePath : uri.OriginalString.Split('?')[0])}" : "a request";

    private static string Advice(int status) => status switch
    {
        >= 300 and < 400 => "It redirects elsewhere, which is not followed: check Workspace:Databricks:Host.",
        200 => "The answer is a web page: check Workspace:Databricks:Host, and that the network lets this program reach the workspace.",
        401 => "It does not take the credentials: check the token, or the client id and secret.",
        403 => "The credentials may not do that: run 'mirion-generate doctor' for what is missing.",
        404 => "It does not know what was asked for.",
        429 => "It asks for fewer requests, and did so until the time for trying again was up.",
        _ => "Try again later.",
    };

    private static UpstreamFault FaultOf(int status) => status switch
    {
        408 or 504 => UpstreamFault.TimedOut,
        429 or 502 or 503 => UpstreamFault.Unavailable,
        _ => UpstreamFault.Failed,
    };

    private static async Task<(string? Code, string? Reason, string? Message)> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MostBytes, cancellationToken);
            using var body = JsonDocument.Parse(await response.Content.ReadAsStreamAsync(cancellationToken));
            var root = body.RootElement;
            return root.ValueKind is JsonValueKind.Object ? (Word(root, "error_code") ?? Word(root, "error"), Reason(root), Text(root, "message")) : default;
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or IOException)
        {
            return default;
        }
    }

    private static string? Reason(JsonElement root) => root.TryGetProperty("details", out var details) && details.ValueKind is JsonValueKind.Array
        ? details.EnumerateArray().Where(detail => detail.ValueKind is JsonValueKind.Object).Select(detail => Word(detail, "reason")).FirstOrDefault(reason => reason is not null)
        : null;

    private static string? Text(JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    // A code is a word; whatever else stands there is not for a message.
    private static string? Word(JsonElement json, string member) =>
        Text(json, member) is { Length: > 0 and <= 80 } word && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? word : null;
}
