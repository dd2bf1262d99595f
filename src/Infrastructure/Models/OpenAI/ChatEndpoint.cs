using Microsoft.Extensions.Logging;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;
using Polly;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>An endpoint that speaks OpenAI's chat completions: asks it questions, each over as many attempts as it takes.</summary>
internal sealed class ChatEndpoint
{
    private readonly IChatCompletionsApi _api;
    private readonly EndpointAdvice _advice;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _timeout;
    private readonly ResiliencePipeline<ChatAttempt> _retries;
    private readonly EndpointHealth _health = new();

    public ChatEndpoint(IChatCompletionsApi api, Uri address, EndpointAdvice advice, FoundationModelOptions options, TimeProvider clock, ILogger logger)
    {
        (_api, _advice, _clock) = (api, advice, clock);
        _timeout = TimeSpan.FromSeconds(options.TimeoutSeconds);
        _retries = ChatRetries.Build(options.MaxAttempts, clock, logger);
        Name = $"{address.Authority}{address.AbsolutePath.TrimEnd('/')}";
    }

    /// <summary>Its address, as messages name it.</summary>
    public string Name { get; }

    /// <summary>Finds out whether anybody is there and takes the credentials.</summary>
    public Task<Error?> CheckAsync(string model, CancellationToken cancellationToken) => new EndpointCheck(_api, _clock, Name, _advice).RunAsync(model, cancellationToken);

    /// <summary>The refusal of a request that names no model, which these endpoints cannot do without.</summary>
    public static Error NoModel() => Error.InvalidField("generation_config.model", "name a model in generation_config.model or the template's base_model");

    /// <summary>Asks one question; everything in <paramref name="settings"/> is sent.</summary>
    /// <exception cref="UpstreamException">The endpoint cannot be asked anything.</exception>
    public async Task<ModelReply> AskAsync(ModelPrompt prompt, ModelSettings settings, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(settings.Model);
        var call = new Call(this, new ChatRequest(settings.Model, Turns(prompt), settings.Temperature, settings.MaxTokens, ResponseFormat.Of(settings.OutputSchema)));
        var answersBefore = _health.Answers;
        var last = await _retries.ExecuteAsync(static (call, ct) => call.AttemptAsync(ct), call, cancellationToken);

        if (last.Fate is AttemptFate.EndpointRefused) throw EndpointTrouble.Refused(last, Name, settings.Model, _advice);
        if (last.Fate is AttemptFate.TryAgain && !last.IsThrottled && _health.IsDeadSince(answersBefore)) throw EndpointTrouble.Dead(last, Name);
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
    private sealed class Call(ChatEndpoint endpoint, ChatRequest request)
    {
        public int Attempts { get; private set; }

        public bool Sent { get; private set; }

        public async ValueTask<ChatAttempt> AttemptAsync(CancellationToken cancellationToken)
        {
            Attempts++;
            var attempt = await SendAsync(cancellationToken);
            Sent |= attempt.Sent;
            if (attempt.Fate is not AttemptFate.TryAgain) endpoint._health.Answered();
            else if (!attempt.IsThrottled) endpoint._health.Failed();
            return attempt;
        }

        private async Task<ChatAttempt> SendAsync(CancellationToken cancellationToken)
        {
            using var timeout = new CancellationTokenSource(endpoint._timeout, endpoint._clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            try
            {
                using var response = await endpoint._api.CompleteAsync(request, either.Token);
                return await ChatAttemptReader.ReadAsync(response, endpoint._clock.GetUtcNow(), either.Token);
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                return ChatAttemptReader.TimedOut(endpoint._timeout);
            }
            // A connection that is not made in time is cancelled by the handler itself.
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                return ChatAttemptReader.Broken(e);
            }
        }
    }
}
