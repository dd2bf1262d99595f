using Microsoft.Extensions.Options;

namespace Mirion.Generation.Infrastructure.Databricks.Doctor;

/// <summary>Who signs in, and how.</summary>
internal sealed class CredentialsExamination(ICurrentUserApi users, IOptions<DatabricksOptions> options)
{
    private string Method => string.IsNullOrEmpty(options.Value.Token) ? "a service principal's id and secret" : "a token";

    public Examination Examination => new(
        "credentials",
        $"Check Workspace:Databricks:Host, and {(string.IsNullOrEmpty(options.Value.Token) ? "ClientId and ClientSecret" : "Token")}, which may have ended or been withdrawn.",
        async cancellationToken =>
        {
            var user = await users.GetAsync(cancellationToken);
            return new Finding($"Signed in to {options.Value.Address.Host} as {user.DisplayName ?? user.UserName ?? "somebody without a name"} with {Method}.");
        });
}
