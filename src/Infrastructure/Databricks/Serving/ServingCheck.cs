using Mirion.Generation.Domain.Common;
using Mirion.Generation.Infrastructure.Models.OpenAI;

namespace Mirion.Generation.Infrastructure.Databricks.Serving;

/// <summary>Finds out whether a serving endpoint is there, is for chat, and is ready, before the first question costs anything.</summary>
internal sealed class ServingCheck(IServingApi api, string address, EndpointAdvice advice)
{
    // An endpoint without traffic may be scaled down to nothing and is READY all the same: the first question wakes it.
    private const string NotReady = "NOT_READY";

    public async Task<Error?> RunAsync(string model, CancellationToken cancellationToken)
    {
        try
        {
            return Judge(model, await api.GetAsync(model, cancellationToken));
        }
        catch (DatabricksException e) when (e.IsNotFound)
        {
            return Refusal($"There is no serving endpoint '{model}' in the workspace. Check generation_config.model or the template's base_model against its list of serving endpoints.");
        }
        catch (DatabricksException e) when (e.Status is 401 or 403)
        {
            return Refusal($"The model endpoint {address} answered HTTP {e.Status}: {advice.Refused(e.Status.Value, model)}");
        }
        catch (DatabricksException e)
        {
            return Refusal(e.Message);
        }
    }

    private static Error? Judge(string model, ServingEndpoint endpoint) => endpoint switch
    {
        { State.Ready: NotReady } => Refusal($"The serving endpoint '{model}' is not ready. Wait until the workspace shows it as ready, or name another model."),
        { Task: { } task } when task.EndsWith("embeddings", StringComparison.Ordinal) => Refusal($"The serving endpoint '{model}' makes embeddings and answers no questions. Name a chat model."),
        _ => null,
    };

    private static Error Refusal(string message) => new(ErrorKind.Upstream, EndpointTrouble.Code, message);
}
