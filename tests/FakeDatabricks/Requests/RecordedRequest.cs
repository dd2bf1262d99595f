namespace Mirion.Generation.FakeDatabricks.Requests;

/// <summary>A request that the workspace has answered. Neither its token nor its body is kept.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path as it came, percent signs and all.</param>
/// <param name="Query">What follows the path, from the question mark on; empty when nothing does.</param>
/// <param name="Identity">Who made it: <c>owner</c>, <c>service-principal</c> or the name of a user; null when it named nobody that is known.</param>
/// <param name="Status">The status of the answer; 0 when the connection was broken instead, or the caller went away.</param>
public sealed record RecordedRequest(string Method, string Path, string Query, string? Identity, int Status);
