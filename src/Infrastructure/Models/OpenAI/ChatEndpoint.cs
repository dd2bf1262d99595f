using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Infrastructure.Models.OpenAI;

/// <summary>An endpoint that speaks OpenAI's chat completions: asks it questions, each once.</summary>
internal sealed class ChatEndpoint
{
    private readonly IChatCompletionsApi _api;
    private readonly EndpointAdvice _advice;
    private readonly AnswerFormats _formats;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _timeout;
    private readonly ChatAttemptReader _attempts;

    public ChatEndpoint(IChatCompletionsApi api, Uri address, EndpointAdvice advice, AnswerFormats formats, FoundationModelOptions options, TimeProvider clock)
    {
        (_api, _advice, _formats, _clock) = (api, advice, formats, clock);
        _timeout = TimeSpan.FromSeconds(options.TimeoutSeconds);
        Name = $"{address.Authority}{address.AbsolutePath.TrimEnd('/')}";
        _attempts = new ChatAttemptReader(Name, advice, clock);
    }

    /// <summary>Its address, as messages name it.</summary>
    public string Name { get; }

    /// <summary>Finds out whether anybody is there and takes the credentials.</summary>
    public Task<Error?> CheckAsync(string model, CancellationToken cancellationToken) => new EndpointCheck(_api, _clock, Name, _advice).RunAsync(model, cancellationToken);

    /// <summary>The refusal of a request that names no model, which these endpoints cannot do without.</summary>
    public static Error NoModel() => Error.InvalidField("generation_config.model", "name a model in generation_config.model or the template's base_model");

    /// <summary>Asks one question once. Everything in <paramref name="settings"/> is sent, but a schema that the endpoint has refused.</summary>
    /// <exception cref="UpstreamException">The endpoint cannot be asked anything.</exception>
    public async Task<ModelAttempt> AttemptAsync(ModelPrompt prompt, ModelSettings settings, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(settings.Model);
        var format = _formats.Of(settings);
        var attempt = await AttemptAsync(
            new ChatRequest(settings.Model, Turns(prompt), settings.Temperature, settings.MaxTokens, format),
            format is null ? settings with { OutputSchema = null } : settings,
            cancellationToken);
        if (attempt.Fate is AttemptFate.FormatRefused) _formats.Refused(settings);
        return attempt;
    }

    private async Task<ModelAttempt> AttemptAsync(ChatRequest request, ModelSettings sent, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await _api.CompleteAsync(request, either.Token);
            return await _attempts.ReadAsync(response, sent, either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return ChatAttemptReader.TimedOut(_timeout, sent);
        }
        // A connection that is not made in time is cancelled by the handler itself.
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return ChatAttemptReader.Broken(e, sent);
        }
    }

    private static List<ChatTurn> Turns(ModelPrompt prompt)
    {
        var turns = new List<ChatTurn>(4 + (2 * prompt.Examples.Count));
        if (prompt.System is not null) turns.Add(new ChatTurn("system", MessageContent.Of(prompt.System)));
        foreach (var example in prompt.Examples)
        {
            turns.Add(new ChatTurn("user", example.Question));
            turns.Add(new ChatTurn("assistant", MessageContent.Of(example.Answer)));
        }

        turns.Add(new ChatTurn("user", prompt.Question));
        if (prompt.Wrong is { } wrong)
        {
            turns.Add(new ChatTurn("assistant", MessageContent.Of(wrong.Answer)));
            turns.Add(new ChatTurn("user", MessageContent.Of(wrong.Correction)));
        }

        return turns;
    }
}
