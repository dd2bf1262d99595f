using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>The refusals that end a run, in words that tell a person what to look at.</summary>
internal static class EndpointTrouble
{
    public const string Code = UpstreamException.FoundationModelFailed;

    public static UpstreamException Refused(int status, string what, string endpoint, string model, EndpointAdvice advice) =>
        new(Code, $"The model endpoint {endpoint} answered {what}: {Advice(status, model, advice)}");

    private static string Advice(int status, string model, EndpointAdvice advice) => status switch
    {
        401 or 403 => advice.Refused(status, model),
        402 or 429 => "the account has no quota left.",
        404 => advice.Unknown(model),
        407 => "the proxy on the way wants credentials.",
        < 400 => $"it redirects elsewhere, which is not followed. Set {advice.Address} to the final address.",
        _ => $"it does not offer chat completions there. Check {advice.Address}.",
    };
}
