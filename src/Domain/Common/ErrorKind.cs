namespace Mirion.Generation.Domain.Common;

/// <summary>What sort of refusal an <see cref="Error"/> is; a host translates the kind, never the code.</summary>
public enum ErrorKind
{
    /// <summary>The request itself is malformed or out of range.</summary>
    Invalid,

    /// <summary>The request is well formed, but what it asks for cannot be done with the data there is.</summary>
    Unprocessable,

    /// <summary>What the request names does not exist.</summary>
    NotFound,

    /// <summary>The thing exists, but its present state does not allow the operation.</summary>
    Conflict,

    /// <summary>The request was made on condition that something is as the caller read it, and it no longer is.</summary>
    Stale,

    /// <summary>Something outside this product that the request depends on refused or did not answer.</summary>
    Upstream,
}
