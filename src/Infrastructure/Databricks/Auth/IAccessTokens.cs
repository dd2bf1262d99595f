namespace Mirion.Generation.Infrastructure.Databricks.Auth;

/// <summary>The credential of this program itself.</summary>
internal interface IAccessTokens
{
    /// <summary>A token that is good now.</summary>
    /// <exception cref="DatabricksException">There is none to be had.</exception>
    ValueTask<string> GetAsync(CancellationToken cancellationToken);

    /// <summary>The workspace did not take <paramref name="refused"/>; answers whether another may do better.</summary>
    bool Drop(string refused);
}

/// <summary>A token from the settings, which is good until somebody withdraws it.</summary>
internal sealed class StaticToken(string token) : IAccessTokens
{
    public ValueTask<string> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(token);

    public bool Drop(string refused) => false;
}
