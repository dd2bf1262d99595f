using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>The troubles that end a run, in words that tell a person what to look at.</summary>
internal static class EndpointTrouble
{
    public const string Code = "foundation_model_failed";

    public static UpstreamException Refused(ChatAttempt last, string endpoint, string model, EndpointAdvice advice) =>
        new(Code, $"The model endpoint {endpoint} answered {last.What}: {Advice(last, model, advice)}");

    public static UpstreamException Dead(ChatAttempt last, string endpoint) =>
        new(Code, $"The model endpoint {endpoint} answers no call any more; the last attempt ended with {last.What}. Check that it runs, then resume.", last.Fault, last.Cause);

    private static string Advice(ChatAttempt last, string model, EndpointAdvice advice) => last.Status switch
    {
        401 or 403 => advice.Refused(last.Status.Value, model),
        402 or 429 => "the account has no quota left.",
        404 => advice.Unknown(model),
        407 => "the proxy on the way wants credentials.",
        < 400 => $"it redirects elsewhere, which is not followed. Set {advice.Address} to the final address.",
        _ => $"it does not offer chat completions there. Check {advice.Address}.",
    };
}
