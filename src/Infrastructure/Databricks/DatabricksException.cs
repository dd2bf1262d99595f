using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Infrastructure.Databricks;

/// <summary>
/// The workspace refused, failed or did not answer. The message holds what helps to find the call (status, error code, request id) and nothing of what the workspace
/// wrote, which may quote data.
/// </summary>
internal class DatabricksException(string message, UpstreamFault fault = UpstreamFault.Failed, Exception? inner = null, string code = DatabricksException.Failed)
    : UpstreamException(code, message, fault, inner)
{
    /// <summary>The workspace failed.</summary>
    public const string Failed = "databricks_failed";

    /// <summary>The SQL warehouse does not come up, or cannot be had.</summary>
    public const string NoWarehouse = "warehouse_unavailable";

    /// <summary>The HTTP status; null when there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>The error code, such as <c>PERMISSION_DENIED</c>; null where none came, or a number.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The machine-readable reason of the detail, such as <c>FILES_API_RESOURCE_NOT_FOUND</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether what was asked for is not there; older APIs say so with a 400 and words.</summary>
    public bool IsNotFound { get; init; }
}
