namespace Mirion.Generation.Application.Ports;

/// <summary>What sort of trouble an upstream is in; a host translates it to a status.</summary>
public enum UpstreamFault
{
    /// <summary>It refused, or failed.</summary>
    Failed,

    /// <summary>It is not there, or not yet.</summary>
    Unavailable,

    /// <summary>It did not answer in time.</summary>
    TimedOut,
}

/// <summary>Something outside this product that everything depends on is broken. Carries no body and no secret of the upstream.</summary>
public class UpstreamException : Exception
{
    /// <summary>The code of trouble with the model's endpoint.</summary>
    public const string FoundationModelFailed = "foundation_model_failed";

    /// <summary>Trouble with an upstream.</summary>
    /// <param name="code">Stable code: <c>foundation_model_failed</c>, <c>databricks_failed</c>, <c>workspace_failed</c>, <c>warehouse_unavailable</c>.</param>
    /// <param name="message">What happened and what to do, for a person.</param>
    /// <param name="fault">What sort of trouble.</param>
    /// <param name="inner">What was thrown below.</param>
    public UpstreamException(string code, string message, UpstreamFault fault = UpstreamFault.Failed, Exception? inner = null)
        : base(message, inner) => (Code, Fault) = (code, fault);

    /// <summary>Stable code.</summary>
    public string Code { get; }

    /// <summary>What sort of trouble.</summary>
    public UpstreamFault Fault { get; }
}
