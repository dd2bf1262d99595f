using System.Text;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Application.Generation.Calls.Budgets;

/// <summary>
/// Guesses what a question will take of a budget, and learns from what each took. It guesses high, by twice the usual deviation: what turns out to be too much is given back
/// with the answer and costs nothing but the time of one call, while too little is money.
/// </summary>
internal sealed class TokenEstimate
{
    // Before anything is known: no usual text takes more than a token for three bytes, and turns and images something on top.
    private const double BytesPerToken = 3;
    private const int TokensPerTurn = 4;
    private const int TokensPerImage = 1000;

    private readonly Lock _lock = new();
    private readonly Usual _promptRatio = new();
    private readonly Usual _answer = new();

    /// <summary>What the prompt takes at a rough guess, to be learned from later.</summary>
    public static long Rough(ModelPrompt prompt)
    {
        var guess = Rough(prompt.System) + Rough(prompt.Question) + (2 * TokensPerTurn);
        foreach (var example in prompt.Examples) guess += Rough(example.Question) + Rough(example.Answer) + (2 * TokensPerTurn);
        if (prompt.Wrong is { } wrong) guess += Rough(wrong.Answer) + Rough(wrong.Correction) + (2 * TokensPerTurn);
        return (long)Math.Ceiling(guess);
    }

    /// <summary>What the question is expected to take: the prompt, at the rough guess <paramref name="rough"/>, and its answer.</summary>
    public long Of(long rough, ModelSettings settings)
    {
        lock (_lock)
        {
            var answer = _answer.IsKnown ? Math.Min(_answer.High, settings.MaxTokens) : settings.MaxTokens;
            return (long)Math.Ceiling((rough * (_promptRatio.IsKnown ? _promptRatio.High : 1)) + answer);
        }
    }

    /// <summary>What the question took, by the endpoint's own count where it counts; learns from it.</summary>
    public long Learn(long rough, ModelReply reply)
    {
        lock (_lock)
        {
            if (reply.PromptTokens is { } prompt) _promptRatio.Add((double)prompt / rough);
            var answer = reply.CompletionTokens ?? Rough(reply.Answer);
            _answer.Add(answer);
            return (long)Math.Ceiling((reply.PromptTokens ?? rough * (_promptRatio.IsKnown ? _promptRatio.High : 1)) + answer);
        }
    }

    private static double Rough(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text) / BytesPerToken;

    private static double Rough(MessageContent content) => Rough(content.Text) + (content.ImageUrls.Count * TokensPerImage);

    /// <summary>A moving average with its deviation, the way round trips are timed (RFC 6298).</summary>
    private sealed class Usual
    {
        private double _mean;
        private double _deviation;

        public bool IsKnown { get; private set; }

        public double High => _mean + (2 * _deviation);

        public void Add(double value)
        {
            if (!IsKnown) (IsKnown, _mean, _deviation) = (true, value, value / 2);
            _deviation += (Math.Abs(value - _mean) - _deviation) / 4;
            _mean += (value - _mean) / 8;
        }
    }
}
