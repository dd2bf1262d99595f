using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Mirion.Generation.FakeDatabricks.Auth;

/// <summary>Lets nobody in without a token, but to routes that are marked <see cref="IAllowAnonymous"/>.</summary>
internal sealed class Authentication(Credentials credentials)
{
    public Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null) return next(context);
        var refusal = Refusal(context);
        return refusal is null ? next(context) : refusal.ExecuteAsync(context);
    }

    private IResult? Refusal(HttpContext context)
    {
        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header)
            || !string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase) || string.IsNullOrEmpty(header.Parameter))
            return Challenge(context, "Credential was not sent or was of an unsupported type for this API.");
        if (credentials.Find(header.Parameter, out var expired) is not { } caller) return ApiError.Numeric(StatusCodes.Status403Forbidden, "Invalid access token.");
        context.Features.Set(caller);
        if (expired) return Challenge(context, "Access token has expired.");
        return credentials.IsDenied(caller.Identity, context.Request.Path.Value!)
            ? ApiError.Of(StatusCodes.Status403Forbidden, "PERMISSION_DENIED", $"User '{caller.Identity}' does not have permission for this resource.")
            : null;
    }

    private static IResult Challenge(HttpContext context, string message)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"DatabricksRealm\"";
        return ApiError.Numeric(StatusCodes.Status401Unauthorized, message);
    }
}
