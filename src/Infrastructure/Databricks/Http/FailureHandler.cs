using System.Net;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Infrastructure.Databricks.Http;

/// <summary>The outermost handler: whatever is no success is a <see cref="DatabricksException"/>, whether an answer says so or none came.</summary>
internal sealed class FailureHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode && !IsPage(response)) return response;
            using (response) throw await ApiFailure.ReadAsync(response, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            throw new DatabricksException(
                $"No answer from Databricks to {ApiFailure.Described(request)}: {Reason(e)} Check Workspace:Databricks:Host and the network.", UpstreamFault.Unavailable, e);
        }
        catch (TimeoutException e)
        {
            throw new DatabricksException($"Databricks did not answer {ApiFailure.Described(request)} in time. Try again later.", UpstreamFault.TimedOut, e);
        }
    }

    // A workspace that cannot be reached over its private link sends its sign-in page, with a 200.
    private static bool IsPage(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.OK && response.Content.Headers.ContentType?.MediaType is "text/html" && response.RequestMessage?.RequestUri?.AbsolutePath.StartsWith("/api/2.0/fs/", StringComparison.Ordinal) is not true;

    private static string Reason(Exception exception) => (exception as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "its name cannot be resolved.",
        HttpRequestError.SecureConnectionError => "no secure connection can be made.",
        HttpRequestError.ConnectionError => "no connection can be made.",
        _ => "the connection broke.",
    };
}
