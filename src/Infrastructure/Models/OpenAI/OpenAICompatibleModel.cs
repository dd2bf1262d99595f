using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Polly;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>A model behind any endpoint that speaks OpenAI's chat completions: Ollama, vLLM, OpenAI, Databricks.</summary>
internal sealed class OpenAICompatibleModel : IFoundationModel
{
    private readonly IChatCompletionsApi _api;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _timeout;
    private readonly ResiliencePipeline<ChatAttempt> _retries;
    private readonly EndpointHealth _health = new();

    public OpenAICompatibleModel(IChatCompletionsApi api, IOptions<FoundationModelOptions> options, TimeProvider clock, ILogger<OpenAICompatibleModel> logger)
    {
        (_api, _clock) = (api, clock);
        _timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds);
        _retries = ChatRetries.Build(options.Value.MaxAttempts, clock, logger);
        var url = new Uri(options.Value.BaseUrl!);
        Endpoint = $"{url.Authority}{url.AbsolutePath.TrimEnd('/')}";
    }

    public string Endpoint { get; }

    public int LeastExamples => 0;

    public Task<Error?> CheckAsync(string? model, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(model)
            ? Task.FromResult<Error?>(Error.InvalidField("generation_config.model", "name a model in generation_config.model or the template's base_model"))
            : new EndpointCheck(_api, _clock, Endpoint).RunAsync(cancellationToken);

    public async Task<ModelReply> CompleteAsync(ModelPrompt prompt, ModelSettings settings, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(settings.Model);
        var call = new Call(this, new ChatRequest(settings.Model, Turns(prompt), settings.Temperature, settings.MaxTokens));
        var answersBefore = _health.Answers;
        var last = await _retries.ExecuteAsync(static (call, ct) => call.AttemptAsync(ct), call, cancellationToken);

        if (last.Fate is AttemptFate.EndpointRefused) throw EndpointTrouble.Refused(last, Endpoint, settings.Model);
        if (last.Fate is AttemptFate.TryAgain && !last.IsThrottled && _health.IsDeadSince(answersBefore))
            throw EndpointTrouble.Dead(last, Endpoint);
        return ReplyReader.Read(last, settings) with { Attempts = call.Attempts, Sent = call.Sent ? settings : null };
    }

    private static List<ChatTurn> Turns(ModelPrompt prompt)
    {
        var turns = new List<ChatTurn>(2 + (2 * prompt.Examples.Count));
        if (prompt.System is not null) turns.Add(new ChatTurn("system", MessageContent.Of(prompt.System)));
        foreach (var example in prompt.Examples)
        {
            turns.Add(new ChatTurn("user", example.Question));
            turns.Add(new ChatTurn("assistant", MessageContent.Of(example.Answer)));
        }

        turns.Add(new ChatTurn("user", prompt.Question));
        return turns;
    }

    /// <summary>One question on its way, over all its attempts.</summary>
    private sealed class Call(OpenAICompatibleModel model, ChatRequest request)
    {
        public int Attempts { get; private set; }

        public bool Sent { get; private set; }

        public async ValueTask<ChatAttempt> AttemptAsync(CancellationToken cancellationToken)
        {
            Attempts++;
            var attempt = await SendAsync(cancellationToken);
            Sent |= attempt.Sent;
            if (attempt.Fate is not AttemptFate.TryAgain) model._health.Answered();
            else if (!attempt.IsThrottled) model._health.Failed();
            return attempt;
        }

        private async Task<ChatAttempt> SendAsync(CancellationToken cancellationToken)
        {
            using var timeout = new CancellationTokenSource(model._timeout, model._clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            try
            {
                using var response = await model._api.CompleteAsync(request, either.Token);
                return await ChatAttemptReader.ReadAsync(response, model._clock.GetUtcNow(), either.Token);
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                return ChatAttemptReader.TimedOut(model._timeout);
            }
            // A connection that is not made in time is cancelled by the handler itself.
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                return ChatAttemptReader.Broken(e);
            }
        }
    }
}
