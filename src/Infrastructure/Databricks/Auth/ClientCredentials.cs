using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mirion.Generation.Infrastructure.Databricks.Auth;

/// <summary>
/// Tokens of a service principal, each used until shortly before its end. While the old one is still good a single caller fetches the next one and the others go on; a
/// failure to fetch it matters only when the old one has ended.
/// </summary>
internal sealed partial class ClientCredentials(ITokenApi api, IOptions<DatabricksOptions> options, TimeProvider clock, ILogger<ClientCredentials> logger) : IAccessTokens, IDisposable
{
    /// <summary>An hour, which is what Databricks gives; for a reply that does not say.</summary>
    private const int UsualSeconds = 3600;

    // The official clients' own rule: half of a token's life, twenty minutes at most.
    private static readonly TimeSpan EarliestRenewal = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(1);

    // A call that leaves with a token must arrive with it.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _fetching = new(1, 1);
    private volatile Grant? _grant;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        var (now, grant) = (clock.GetUtcNow(), _grant);
        if (grant is not null && now < grant.RenewAt) return grant.Token;
        if (grant is null || now >= grant.EndsAt) return (await FetchAsync(grant, cancellationToken)).Token;
        return await RenewAsync(grant, cancellationToken);
    }

    public bool Drop(string refused)
    {
        if (_grant is { } grant && grant.Token == refused) Interlocked.CompareExchange(ref _grant, null, grant);
        return true;
    }

    public void Dispose() => _fetching.Dispose();

    private async Task<string> RenewAsync(Grant grant, CancellationToken cancellationToken)
    {
        // Somebody is at it.
        if (_fetching.CurrentCount == 0) return grant.Token;
        try
        {
            return (await FetchAsync(grant, cancellationToken)).Token;
        }
        catch (DatabricksException e)
        {
            LogRenewalFailed(e);
            _grant = grant with { RenewAt = clock.GetUtcNow() + PauseAfterFailure };
            return grant.Token;
        }
    }

    private async Task<Grant> FetchAsync(Grant? outdated, CancellationToken cancellationToken)
    {
        await _fetching.WaitAsync(cancellationToken);
        try
        {
            if (_grant is { } other && other != outdated) return other;
            return _grant = await AskAsync(cancellationToken);
        }
        finally
        {
            _fetching.Release();
        }
    }

    private async Task<Grant> AskAsync(CancellationToken cancellationToken)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Value.ClientId}:{options.Value.ClientSecret}"));
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("scope", "all-apis")]);
        var asked = clock.GetUtcNow();
        TokenReply reply;
        try
        {
            reply = await api.GetAsync($"Basic {basic}", form, repeatable: true, cancellationToken);
        }
        catch (DatabricksException e) when (e.Status is 400 or 401 or 403)
        {
            throw new DatabricksException($"Databricks does not take the service principal's credentials (HTTP {e.Status}): check Workspace:Databricks:ClientId and ClientSecret.", inner: e) { Status = e.Status };
        }

        if (string.IsNullOrEmpty(reply.AccessToken)) throw new DatabricksException("Databricks answered a request for a token without one.");
        var life = TimeSpan.FromSeconds(reply.ExpiresIn is > 0 and var seconds ? seconds : UsualSeconds);
        var renewal = life / 2 < EarliestRenewal ? life / 2 : EarliestRenewal;
        return new Grant(reply.AccessToken, asked + life - renewal, asked + life - (Margin < life / 4 ? Margin : life / 4));
    }

    [LoggerMessage(LogLevel.Warning, "The access token could not be renewed; the present one is used on")]
    private partial void LogRenewalFailed(Exception exception);

    /// <summary>A token. No record prints it: a record's text form would.</summary>
    private sealed record Grant(string Token, DateTimeOffset RenewAt, DateTimeOffset EndsAt)
    {
        public override string ToString() => $"a token until {EndsAt:O}";
    }
}
