using System.Text.Json.Serialization;
using Refit;

namespace Mirion.Generation.Infrastructure.Databricks.Auth;

/// <summary>OAuth for service principals (docs.databricks.com/dev-tools/auth/oauth-m2m).</summary>
internal interface ITokenApi
{
    [Post("/oidc/v1/token")]
    Task<TokenReply> GetAsync(
        [Header("Authorization")] string credentials, [Body] FormUrlEncodedContent form, [Property(Http.RequestTraits.Repeatable)] bool repeatable, CancellationToken cancellationToken);
}

/// <summary>A token.</summary>
/// <param name="AccessToken">What to send.</param>
/// <param name="ExpiresIn">Seconds that it is good for; some servers write the number as a string.</param>
internal sealed record TokenReply(string? AccessToken, int? ExpiresIn);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(TokenReply))]
internal sealed partial class TokenJson : JsonSerializerContext;
