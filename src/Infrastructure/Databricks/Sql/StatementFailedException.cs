using System.Text.RegularExpressions;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>
/// A warehouse executed a statement and failed, or somebody stopped it. A failed statement committed nothing. What the server says of it may quote data and is not kept.
/// </summary>
internal sealed partial class StatementFailedException : DatabricksException
{
    private StatementFailedException(string message, UpstreamFault fault)
        : base(message, fault)
    {
    }

    /// <summary>The SQLSTATE; null where none came.</summary>
    public string? SqlState { get; private init; }

    /// <summary>The condition, such as <c>TABLE_OR_VIEW_NOT_FOUND</c>; null where none came.</summary>
    public string? Condition { get; private init; }

    /// <summary>Whether the same statement may do better later: the service was busy or down, or another writer came first.</summary>
    public bool IsTransient { get; private init; }

    /// <summary>The failure that <paramref name="reply"/> tells of.</summary>
    public static StatementFailedException Of(StatementReply reply)
    {
        var code = Word(reply.Status?.Error?.ErrorCode) ?? reply.Status?.State ?? "UNKNOWN";
        var message = reply.Status?.Error?.Message ?? "";
        var condition = Conditions().Match(message) is { Success: true } match ? match.Groups[1].Value : null;
        var state = Word(reply.Status?.SqlState) ?? (States().Match(message) is { Success: true } found ? found.Groups[1].Value : null);
        var isConflict = state == "2D521" || message.Contains("[DELTA_CONCURRENT_", StringComparison.Ordinal);
        var what = string.Concat(code, condition is null ? "" : $" [{condition}]", state is null ? "" : $" SQLSTATE {state}");
        return new StatementFailedException($"A SQL statement failed on the warehouse: {what} (statement {Word(reply.StatementId)}). {Advice(code, isConflict)}", FaultOf(code))
        {
            ErrorCode = code,
            Condition = condition,
            SqlState = state,
            IsTransient = isConflict || IsPassing(code),
        };
    }

    // The codes that the API documents; a mistake in a statement is a BAD_REQUEST.
    private static bool IsPassing(string code) => code is
        "TEMPORARILY_UNAVAILABLE" or "SERVICE_UNDER_MAINTENANCE" or "WORKSPACE_TEMPORARILY_UNAVAILABLE" or "RESOURCE_EXHAUSTED" or "IO_ERROR" or "ABORTED" or "DEADLINE_EXCEEDED";

    private static UpstreamFault FaultOf(string code) => code switch
    {
        "DEADLINE_EXCEEDED" => UpstreamFault.TimedOut,
        _ when IsPassing(code) => UpstreamFault.Unavailable,
        _ => UpstreamFault.Failed,
    };

    private static string Advice(string code, bool isConflict) => code switch
    {
        _ when isConflict => "Others wrote to the same rows, each time that it was tried.",
        "CANCELED" or "CANCELLED" or "CLOSED" => "Somebody stopped it.",
        _ when IsPassing(code) => "Try again later.",
        _ => "The statement's page in the warehouse's query history says more.",
    };

    // What comes from the server is shown only as far as it is a word.
    private static string? Word(string? text) => text is not null && Words().IsMatch(text) ? text : null;

    [GeneratedRegex(@"^\s*\[([A-Z][A-Z0-9_]{2,80}(?:\.[A-Z0-9_]{1,80})?)\]")]
    private static partial Regex Conditions();

    [GeneratedRegex(@"SQLSTATE: ([0-9A-Z]{5})\b", RegexOptions.RightToLeft)]
    private static partial Regex States();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,80}$")]
    private static partial Regex Words();
}
