using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mirion.Generation.FakeDatabricks.Auth;

/// <summary>OAuth for machines (docs.databricks.com/dev-tools/auth/oauth-m2m): a client's id and secret for a token that ends.</summary>
internal sealed class TokenApi(FakeDatabricksWorkspace workspace, Credentials credentials) : IFakeApi
{
    private int _issued;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/oidc/.well-known/oauth-authorization-server", Discover).AllowAnonymous();
        routes.MapPost("/oidc/v1/token", IssueAsync).AllowAnonymous();
    }

    private IResult Discover() => Json(new JsonObject
    {
        ["authorization_endpoint"] = new Uri(workspace.Host, "/oidc/v1/authorize").ToString(),
        ["token_endpoint"] = new Uri(workspace.Host, "/oidc/v1/token").ToString(),
        ["issuer"] = new Uri(workspace.Host, "/oidc").ToString(),
        ["grant_types_supported"] = Texts("client_credentials", "authorization_code", "refresh_token"),
        ["token_endpoint_auth_methods_supported"] = Texts("client_secret_basic", "client_secret_post", "none"),
        ["scopes_supported"] = Texts("all-apis", "sql", "openid", "profile", "email", "offline_access"),
    });

    private async Task<IResult> IssueAsync(HttpRequest request)
    {
        if (!request.HasFormContentType) return Refuse("invalid_request", "The request must be application/x-www-form-urlencoded.");
        var form = await request.ReadFormAsync();
        var (id, secret) = BasicCredentials(request) ?? (form["client_id"].ToString(), form["client_secret"].ToString());
        if (id != Credentials.ClientId || secret != Credentials.ClientSecret)
            return Refuse("invalid_client", "Client authentication failed", StatusCodes.Status401Unauthorized);
        if (form["grant_type"] != "client_credentials") return Refuse("unsupported_grant_type", "Only client_credentials is supported here.");
        if (form["scope"] != "all-apis") return Refuse("invalid_scope", "The scope must be all-apis.");
        var seconds = (long)workspace.Options.TokenLifetime.TotalSeconds;

        // Some deployments give the number as text; every second token does here, so that no client counts on one form.
        var asText = Interlocked.Increment(ref _issued) % 2 == 0;
        return Json(new JsonObject
        {
            ["access_token"] = credentials.Issue(),
            ["token_type"] = "Bearer",
            ["expires_in"] = asText ? JsonValue.Create(seconds.ToString(CultureInfo.InvariantCulture)) : JsonValue.Create(seconds),
            ["scope"] = "all-apis",
        });
    }

    private static (string Id, string Secret)? BasicCredentials(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header is not { Scheme: "Basic", Parameter: { } encoded }) return null;
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length)) return null;
        return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var id, var secret] ? (Uri.UnescapeDataString(id), Uri.UnescapeDataString(secret)) : null;
    }

    private static IResult Refuse(string error, string description, int status = StatusCodes.Status400BadRequest) =>
        Json(new JsonObject { ["error"] = error, ["error_description"] = description }, status);

    private static JsonArray Texts(params string[] texts) => [.. texts.Select(text => JsonValue.Create(text))];

    private static IResult Json(JsonObject body, int status = StatusCodes.Status200OK) => Results.Text(body.ToJsonString(), "application/json", statusCode: status);
}
