using System.Net;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>
/// Finds out whether anybody is there and takes the key. Only that: not every endpoint lists its models, and one that does may serve
/// more than it lists.
/// </summary>
internal sealed class EndpointCheck(IChatCompletionsApi api, TimeProvider clock, string endpoint, EndpointAdvice advice)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<Error?> RunAsync(string model, CancellationToken cancellationToken)
    {
        for (var again = true; ; again = false)
        {
            try
            {
                return await TryAsync(model, cancellationToken);
            }
            // Once more: a pooled connection that the server has closed fails just like an endpoint that is gone.
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                if (!again) return Failed(Unreached(e));
            }
        }
    }

    private string Unreached(Exception exception) => (exception as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => $"has a name that cannot be resolved. Check {advice.Address}.",
        HttpRequestError.SecureConnectionError => $"cannot be reached over TLS. Check its certificate, and http or https in {advice.Address}.",
        _ => $"cannot be reached. Check {advice.Address} and that the endpoint runs.",
    };

    private async Task<Error?> TryAsync(string model, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await api.ListModelsAsync(either.Token);
            return response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                ? Failed($"answered HTTP {(int)response.StatusCode}: {advice.Refused((int)response.StatusCode, model)}")
                : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"did not answer within {Patience.TotalSeconds} s. Check {advice.Address} and that the endpoint runs.");
        }
    }

    private Error Failed(string what) => new(ErrorKind.Upstream, EndpointTrouble.Code, $"The model endpoint {endpoint} {what}");
}
