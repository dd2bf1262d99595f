using System.Net;
using System.Net.Http.Headers;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Databricks.Http;

namespace Mirion.Generation.Infrastructure.Databricks.Auth;

/// <summary>
/// Signs calls: with the user's own token where a call is made on the user's behalf and the user brought one, else with this program's. A token of this program's that is
/// refused (401) is dropped, and the call made once more with the next.
/// </summary>
internal sealed class AccessTokenHandler(IAccessTokens tokens, ICurrentUser user) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.IsOnBehalfOfUser() && user.AccessToken is { Length: > 0 } own) return await SendAsync(request, own, cancellationToken);
        var token = await tokens.GetAsync(cancellationToken);
        var response = await SendAsync(request, token, cancellationToken);
        if (response.StatusCode is not HttpStatusCode.Unauthorized || !tokens.Drop(token)) return response;
        response.Dispose();
        return await SendAsync(request, await tokens.GetAsync(cancellationToken), cancellationToken);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string token, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return base.SendAsync(request, cancellationToken);
    }
}
