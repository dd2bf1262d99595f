namespace Mirion.Generation.Infrastructure.Databricks.Http;

/// <summary>What a call says about itself to the handlers that it passes through; set by Refit's <c>Property</c> attribute.</summary>
internal static class RequestTraits
{
    /// <summary>The call is made with the user's own rights where the user brought a credential.</summary>
    public const string OnBehalfOfUser = "mirion.on-behalf-of-user";

    /// <summary>The call may be made again though nobody knows whether it was carried out; every method but POST always may.</summary>
    public const string Repeatable = "mirion.repeatable";

    /// <summary>Whether the call is made with the user's own rights.</summary>
    public static bool IsOnBehalfOfUser(this HttpRequestMessage request) => Is(request, OnBehalfOfUser);

    /// <summary>Whether the call may be made again though nobody knows whether it was carried out.</summary>
    public static bool IsRepeatable(this HttpRequestMessage request) => request.Method != HttpMethod.Post || Is(request, Repeatable);

    private static bool Is(HttpRequestMessage request, string trait) => request.Options.TryGetValue(new HttpRequestOptionsKey<bool>(trait), out var set) && set;
}
