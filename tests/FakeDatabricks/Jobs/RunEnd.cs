namespace Mirion.Generation.FakeDatabricks.Jobs;

/// <summary>How far a run has come.</summary>
internal enum RunState
{
    Queued,
    Pending,
    Running,
    Terminating,
    Terminated,
}

/// <summary>How a run ended, told twice: in the words of <c>status</c>, and in those of <c>state</c>, which it replaces.</summary>
internal sealed record RunEnd(string LifeCycle, string Result, string Code, string Type, string Message)
{
    private const string Terminated = "TERMINATED";
    private const string InternalError = "INTERNAL_ERROR";

    public static RunEnd Success { get; } = new(Terminated, "SUCCESS", "SUCCESS", "SUCCESS", "");

    /// <summary>The work failed. Real workspaces show it as an internal error in the old words.</summary>
    public static RunEnd WorkFailed { get; } = Failed("RUN_EXECUTION_ERROR", "Workload failed, see run output for details");

    /// <summary>Somebody cancelled it.</summary>
    public static RunEnd Canceled { get; } = new(Terminated, "CANCELED", "USER_CANCELED", "CLIENT_ERROR", "Run cancelled.");

    /// <summary>What it ran on is gone.</summary>
    public static RunEnd Lost { get; } = Failed(InternalError, "Run failed with an internal error: the driver stopped answering.");

    /// <summary>It was not to wait, and there was no room.</summary>
    public static RunEnd NoRoom { get; } =
        new("SKIPPED", "MAXIMUM_CONCURRENT_RUNS_REACHED", "MAX_CONCURRENT_RUNS_EXCEEDED", "CLIENT_ERROR", "An active run already exists for this job.");

    /// <summary>It never came to work.</summary>
    public static RunEnd NeverStarted(string code) => Failed(code, $"Run failed to start: {code}");

    /// <summary>The end that a termination code stands for.</summary>
    public static RunEnd Of(string code) => code switch
    {
        "SUCCESS" => Success,
        "RUN_EXECUTION_ERROR" => WorkFailed,
        "USER_CANCELED" => Canceled,
        "CANCELED" => Canceled with { Code = "CANCELED", Type = InternalError },
        "INTERNAL_ERROR" => Lost,
        _ => NeverStarted(code),
    };

    private static RunEnd Failed(string code, string message) => new(InternalError, "FAILED", code, TypeOf(code), message);

    private static string TypeOf(string code) => code switch
    {
        InternalError or "DRIVER_ERROR" => InternalError,
        "CLOUD_FAILURE" => "CLOUD_FAILURE",
        _ => "CLIENT_ERROR",
    };
}
