namespace Mirion.Generation.FakeDatabricks.Sql;

/// <summary>A failure to come: the statement is FAILED, with HTTP 200.</summary>
public sealed record StatementFault
{
    /// <summary>The error code of the API, such as <c>TEMPORARILY_UNAVAILABLE</c>; what is wrong in SQL is <c>BAD_REQUEST</c>.</summary>
    public string ErrorCode { get; init; } = "BAD_REQUEST";

    /// <summary>The message, such as <c>[DELTA_CONCURRENT_APPEND] … SQLSTATE: 2D521</c>.</summary>
    public required string Message { get; init; }

    /// <summary>The five characters of the SQL standard, if it has any.</summary>
    public string? SqlState { get; init; }

    /// <summary>Whether the statement takes effect before it fails, as when only the reply is lost.</summary>
    public bool AfterExecution { get; init; }

    /// <summary>Another writer was faster: Delta refuses the commit, and the same statement may be sent again.</summary>
    public static StatementFault ConcurrentAppend { get; } = new()
    {
        Message = "[DELTA_CONCURRENT_APPEND] ConcurrentAppendException: Files were added to the root of the table by a concurrent update. Please try the operation again. SQLSTATE: 2D521",
        SqlState = "2D521",
    };

    /// <summary>The warehouse cannot just now.</summary>
    public static StatementFault TemporarilyUnavailable { get; } = new() { ErrorCode = "TEMPORARILY_UNAVAILABLE", Message = "The service is temporarily unavailable. Please try again later." };
}
