namespace Mirion.Generation.Application.Generation.Calls.Budgets;

/// <summary>What an attempt was booked with before it was made. It stays booked unless somebody knows better: an attempt that was broken off may have been counted.</summary>
internal sealed class Spending
{
    private readonly MinuteBudget? _requests;
    private readonly MinuteBudget? _tokens;
    private readonly long _requestBooked;
    private readonly long _tokensBooked;
    private readonly long _expected;

    /// <summary>Books one request, and the tokens it is expected to take.</summary>
    public Spending(MinuteBudget? requests, MinuteBudget? tokens, long expected)
    {
        (_requests, _tokens, _expected) = (requests, tokens, expected);
        _requestBooked = requests?.Spend(1) ?? 0;
        _tokensBooked = tokens?.Spend(expected) ?? 0;
    }

    /// <summary>The attempt took so many tokens.</summary>
    public void Took(long tokens) => _tokens?.Correct(_tokensBooked, tokens - _expected);

    /// <summary>The attempt never reached the endpoint.</summary>
    public void NeverSent()
    {
        _requests?.Correct(_requestBooked, -1);
        Took(0);
    }
}
