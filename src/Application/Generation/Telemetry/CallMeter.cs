using System.Diagnostics;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Application.Generation.Telemetry;

/// <summary>Measures the calls that ask one model at one endpoint. Their attributes are made once, so that measuring allocates nothing.</summary>
internal sealed class CallMeter
{
    private const string TokenType = "gen_ai.token.type";
    private const string ErrorType = "error.type";

    private readonly GenerationMetrics _metrics;
    private readonly TagList _call;
    private readonly TagList _input;
    private readonly TagList _output;
    private readonly TagList _answered;
    private readonly TagList _refused;
    private readonly TagList _formatRefused;
    private readonly TagList _throttled;
    private readonly TagList _failed;

    public CallMeter(GenerationMetrics metrics, string endpoint, string? model)
    {
        _metrics = metrics;
        var address = EndpointAttributes.Address(endpoint);
        _call = [new("gen_ai.operation.name", "chat"), EndpointAttributes.Provider(endpoint), address];
        if (model is not null) _call.Add("gen_ai.request.model", model);
        (_input, _output) = (_call, _call);
        _input.Add(TokenType, "input");
        _output.Add(TokenType, "output");
        (_answered, _refused, _formatRefused) = (Outcome("answered"), Outcome("question_refused"), Outcome("format_refused"));
        (_throttled, _failed) = (Outcome("throttled"), Outcome("failed"));

        TagList Outcome(string outcome) => [new(GenerationMetrics.Outcome, outcome), address];
    }

    /// <summary>Counts an attempt by what came of it.</summary>
    public void Take(ModelAttempt attempt) => _metrics.Attempts.Add(1, attempt switch
    {
        { Fate: AttemptFate.Answered } => _answered,
        { Fate: AttemptFate.QuestionRefused } => _refused,
        { Fate: AttemptFate.FormatRefused } => _formatRefused,
        { IsOverload: true } => _throttled,
        _ => _failed,
    });

    /// <summary>Measures a call that is over.</summary>
    public void Take(ModelReply reply)
    {
        var seconds = reply.Elapsed.TotalSeconds;
        if (reply.Error is { } error)
        {
            var failed = _call;
            failed.Add(ErrorType, error.Code);
            _metrics.Calls.Record(seconds, failed);
        }
        else
        {
            _metrics.Calls.Record(seconds, _call);
        }

        if (reply.PromptTokens is { } prompt) _metrics.Tokens.Record(prompt, _input);
        if (reply.CompletionTokens is { } completion) _metrics.Tokens.Record(completion, _output);
    }
}
