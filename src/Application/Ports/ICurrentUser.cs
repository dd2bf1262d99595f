namespace Mirion.Generation.Application.Ports;

/// <summary>Who is asking.</summary>
public interface ICurrentUser
{
    /// <summary>A name that stands in <c>created_by</c>, <c>labeled_by</c> and <c>reviewed_by</c>.</summary>
    string Name { get; }

    /// <summary>
    /// The user's own credential for the workspace, so that source data is read with the user's rights; null where a host is given none. Good for this request
    /// alone: never stored, never logged.
    /// </summary>
    string? AccessToken { get; }
}
