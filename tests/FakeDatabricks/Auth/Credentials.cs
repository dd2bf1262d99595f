using System.Collections.Concurrent;

namespace Mirion.Generation.FakeDatabricks.Auth;

/// <summary>The tokens of the workspace, and what is denied to whom.</summary>
internal sealed class Credentials(TimeProvider clock, TimeSpan lifetime)
{
    public const string PersonalAccessToken = "dapi-of-the-fake-workspace";
    public const string ClientId = "5e1f0f5a-0000-4000-8000-00000000f4ce";
    public const string ClientSecret = "dose-of-the-fake-workspace";

    private readonly ConcurrentDictionary<string, Grant> _grants = new() { [PersonalAccessToken] = new Grant(Caller.Owner, DateTimeOffset.MaxValue) };
    private readonly ConcurrentQueue<(string Identity, string PathPrefix)> _denied = new();

    /// <summary>A new token for the service principal, good for a while.</summary>
    public string Issue() => Add("eyJ", new Grant(Caller.ServicePrincipal, clock.GetUtcNow() + lifetime));

    /// <summary>A token of a user, as an app gets it with the user's request; it does not end.</summary>
    public string AddUser(string user) => Add("user-", new Grant(user, DateTimeOffset.MaxValue));

    /// <summary>Ends every token that was issued to the service principal so far.</summary>
    public void ExpireIssued()
    {
        foreach (var (token, grant) in _grants)
        {
            if (grant.Identity == Caller.ServicePrincipal) _grants[token] = grant with { Ends = DateTimeOffset.MinValue };
        }
    }

    public void Deny(string identity, string pathPrefix) => _denied.Enqueue((identity, pathPrefix));

    public bool IsDenied(string identity, string path) =>
        _denied.Any(denied => denied.Identity == identity && path.StartsWith(denied.PathPrefix, StringComparison.Ordinal));

    /// <summary>Who a token stands for; null when nobody has it.</summary>
    /// <param name="token">The token.</param>
    /// <param name="expired">Whether it has ended.</param>
    public Caller? Find(string token, out bool expired)
    {
        expired = false;
        if (!_grants.TryGetValue(token, out var grant)) return null;
        expired = grant.Ends <= clock.GetUtcNow();
        return new Caller(grant.Identity);
    }

    private string Add(string prefix, Grant grant)
    {
        var token = $"{prefix}{Guid.NewGuid():N}";
        _grants[token] = grant;
        return token;
    }

    private sealed record Grant(string Identity, DateTimeOffset Ends);
}
