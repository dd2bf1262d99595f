using System.Text.Json.Serialization;
using Refit;

namespace Mirion.Generation.Infrastructure.Databricks.Doctor;

/// <summary>Who the workspace takes us for (docs.databricks.com/api/workspace/currentuser/me).</summary>
internal interface ICurrentUserApi
{
    [Get("/api/2.0/preview/scim/v2/Me")]
    Task<SignedInUser> GetAsync(CancellationToken cancellationToken);
}

/// <summary>Somebody who is signed in.</summary>
/// <param name="UserName">An address, or the application id of a service principal.</param>
/// <param name="DisplayName">What people call it.</param>
internal sealed record SignedInUser(string? UserName, string? DisplayName);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SignedInUser))]
internal sealed partial class CurrentUserJson : JsonSerializerContext;
