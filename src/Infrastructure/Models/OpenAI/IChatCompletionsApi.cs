using Refit;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>The part of OpenAI's API that every compatible server has. Replies come raw: their status decides how they are read.</summary>
internal interface IChatCompletionsApi
{
    [Post("/chat/completions")]
    Task<HttpResponseMessage> CompleteAsync([Body] ChatRequest request, CancellationToken cancellationToken);

    [Get("/models")]
    Task<HttpResponseMessage> ListModelsAsync(CancellationToken cancellationToken);
}
