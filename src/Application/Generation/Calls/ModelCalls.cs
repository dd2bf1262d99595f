using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Generation.Calls.Budgets;
using Mirion.Generation.Application.Generation.Calls.Gate;
using Mirion.Generation.Application.Generation.Telemetry;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;
using Polly;

namespace Mirion.Generation.Application.Generation.Calls;

/// <summary>
/// Asks a model questions, each over as many attempts as it takes. Capacity of the endpoint is held for an attempt and no longer: a call that waits
/// for its next one gives way to others, and goes before new ones when its wait is over.
/// </summary>
internal sealed partial class ModelCalls
{
    // Enough that calls in back-off do not keep fresh ones out even where a third of all attempts fail and a good one takes a quarter of a second (a first delay is a second, more or
    // less), and few enough that what is held for them stays a matter of kilobytes.
    private const int OpenCallsPerSlot = 4;

    /// <summary>
    /// How long a question is kept from the endpoint before it counts as failed: the quotas of endpoints turn with the minute. It may be sent away any number of times meanwhile, since that is no failure
    /// of the few it may have. The last wait may lead beyond it: what an endpoint asks for is kept.
    /// </summary>
    private static readonly TimeSpan MostThrottling = TimeSpan.FromMinutes(5);

    private readonly IFoundationModel _model;
    private readonly GenerationMetrics _metrics;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline<ModelAttempt> _retries;
    private readonly TokenEstimate? _estimate;

    public ModelCalls(IFoundationModel model, CallEndpoints endpoints, IOptions<ModelCallOptions> options, GenerationMetrics metrics, TimeProvider clock, Random chance, ILogger<ModelCalls> logger)
    {
        (_model, _metrics, _clock, _logger) = (model, metrics, clock, logger);
        Endpoint = endpoints.Of(model.Endpoint);
        _estimate = Endpoint.Budget is { CountsTokens: true } ? new TokenEstimate() : null;
        _retries = CallRetries.Build(options.Value.MaxAttempts, clock, chance, logger);
        MostOpen = OpenCallsPerSlot * options.Value.MaxConcurrency;
    }

    /// <summary>The endpoint that is asked.</summary>
    public CallEndpoint Endpoint { get; }

    /// <summary>How many calls are worth having open, in flight or waiting.</summary>
    public int MostOpen { get; }

    /// <summary>Whether asking again, with what was wrong, may bring a better answer.</summary>
    public bool HeedsCorrections => _model.HeedsCorrections;

    /// <summary>Asks one question, trying again where that can help.</summary>
    /// <param name="prompt">The question.</param>
    /// <param name="settings">How it is asked.</param>
    /// <param name="cancellationToken">Stops it, wherever it is.</param>
    /// <param name="begin">Cancelled when no attempt is to begin any more, while one that is under way goes on.</param>
    /// <exception cref="UpstreamException">The endpoint cannot be asked anything.</exception>
    public async Task<ModelReply> AskAsync(ModelPrompt prompt, ModelSettings settings, CancellationToken cancellationToken, CancellationToken begin = default)
    {
        if (!begin.CanBeCanceled) begin = cancellationToken;
        var answersBefore = Endpoint.Health.Answers;
        var meter = _metrics.Of(Endpoint.Name, settings.Model);
        var call = new Call(this, meter, prompt, settings, cancellationToken);
        var last = await call.AttemptAsync(begin);
        // Most calls end here, and pay for no machinery of retries.
        if (last.Fate is AttemptFate.TryAgain) last = await RetryAsync(call.After(last), begin);

        if (last is { Fate: AttemptFate.TryAgain, IsThrottled: false } && Endpoint.Health.IsDeadSince(answersBefore)) throw Dead(last);
        var reply = Read(last, settings) with { Attempts = call.Attempts, Sent = call.Sent, Elapsed = call.Elapsed };
        meter.Take(reply);
        return reply;
    }

    private async Task<ModelAttempt> RetryAsync(Call call, CancellationToken begin)
    {
        // Waits end where the caller's do, not always on the thread pool: simulated runs could not be replayed.
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, begin);
        try
        {
            return await _retries.ExecuteAsync(static (context, call) => call.AfterAsync(context.CancellationToken), context, call);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static ModelReply Read(ModelAttempt last, ModelSettings settings) => last.Fate switch
    {
        AttemptFate.Answered => last.Reply!,
        AttemptFate.QuestionRefused or AttemptFate.FormatRefused => Failed(settings, "model_refused", $"The endpoint refused this prompt with {last.What}."),
        _ => Failed(settings, "retries_exhausted", $"No attempt succeeded; the last one ended with {last.What}."),
    };

    private static ModelReply Failed(ModelSettings settings, string code, string message) => new() { Model = settings.Model ?? "", Error = new GenerationError(code, message) };

    private UpstreamException Dead(ModelAttempt last) => new(
        UpstreamException.FoundationModelFailed,
        $"The model endpoint {Endpoint.Name} answers no call any more; the last attempt ended with {last.What}. Check that it runs, then resume.",
        last.Fault,
        last.Cause);

    [LoggerMessage(LogLevel.Debug, "A model call was sent away (HTTP {Status}), and waits at the gate")]
    private static partial void LogSentAway(ILogger logger, int? status);

    /// <summary>One question on its way, over all its attempts.</summary>
    private sealed class Call(ModelCalls calls, CallMeter meter, ModelPrompt prompt, ModelSettings settings, CancellationToken cancellationToken)
    {
        private readonly long _rough = calls._estimate is null ? 0 : TokenEstimate.Rough(prompt);
        private long _started;
        private long? _sentAwayAt;
        private bool _hadFormatRefused;
        private ModelAttempt? _made;

        public int Attempts { get; private set; }

        public ModelSettings? Sent { get; private set; }

        public TimeSpan Elapsed => calls._clock.GetElapsedTime(_started);

        /// <summary>The same call, whose next attempt is known: it was made before the machinery of retries was set up.</summary>
        public Call After(ModelAttempt made)
        {
            _made = made;
            return this;
        }

        public ValueTask<ModelAttempt> AfterAsync(CancellationToken begin)
        {
            if (_made is not { } made) return AttemptAsync(begin);
            _made = null;
            return new(made);
        }

        /// <summary>
        /// One attempt, and as many more as the endpoint sends it away: it waits at the gate, and says nothing against the question. Nor does a form of answer that the endpoint
        /// does not take, without which the question is put at once.
        /// </summary>
        public async ValueTask<ModelAttempt> AttemptAsync(CancellationToken begin)
        {
            while (true)
            {
                var attempt = await SendAsync(begin);
                if (attempt.Fate is AttemptFate.FormatRefused && !_hadFormatRefused)
                {
                    _hadFormatRefused = true;
                    continue;
                }

                if (!attempt.IsThrottled) return attempt;
                _sentAwayAt ??= calls._clock.GetTimestamp();
                if (calls._clock.GetElapsedTime(_sentAwayAt.Value) >= MostThrottling) return attempt;
                LogSentAway(calls._logger, attempt.Status);
            }
        }

        private async ValueTask<ModelAttempt> SendAsync(CancellationToken begin)
        {
            var endpoint = calls.Endpoint;
            var (pass, spending) = await endpoint.EnterAsync(again: Attempts > 0, calls._estimate?.Of(_rough, settings) ?? 0, begin);
            using var place = pass;
            if (Attempts++ == 0) _started = calls._clock.GetTimestamp();
            var attempt = await calls._model.AttemptAsync(prompt, settings, cancellationToken);
            meter.Take(attempt);
            Sent = attempt.Sent ?? Sent;
            Tell(attempt, pass, endpoint.Health);
            if (spending is not null) Book(attempt, spending);
            return attempt;
        }

        private void Book(ModelAttempt attempt, Spending spending)
        {
            if (attempt.Sent is null) spending.NeverSent();
            else if (attempt.Reply is { } reply) spending.Took(calls._estimate?.Learn(_rough, reply) ?? 0);
            // Whoever sends a question away, or does not take its form, has not read it.
            else if (attempt.IsOverload || attempt.Fate is AttemptFate.FormatRefused) spending.Took(0);
        }

        private static void Tell(ModelAttempt attempt, GatePass pass, EndpointHealth health)
        {
            if (attempt.Fate is not AttemptFate.TryAgain) pass.Answered();
            else if (attempt.IsOverload) pass.Throttled(attempt.RetryAfter);
            else pass.Failed();

            if (attempt.Fate is not AttemptFate.TryAgain) health.Answered();
            else if (!attempt.IsThrottled) health.Failed();
        }
    }
}
