using Mirion.Generation.Application.Generation.Calls.Gate;

namespace Mirion.Generation.Application.Generation.Calls.Budgets;

/// <summary>The requests and tokens an endpoint grants a minute. A budget is money, and belongs to the endpoint: all runs of the process share it.</summary>
/// <remarks>
/// Callers wait in line here, and only the first of them stands at the gate, once there is room for it. So nobody holds a place at the endpoint while waiting for a budget, and
/// nothing is spent before the call goes out: a gate that stays shut for a while saves up nothing to be sent at once when it opens.
/// </remarks>
internal sealed class EndpointBudget
{
    // What comes back from finished calls is not waited for longer than this.
    private static readonly TimeSpan LongestNap = TimeSpan.FromMilliseconds(250);

    private readonly Turnstile _line = new();
    private readonly MinuteBudget? _requests;
    private readonly MinuteBudget? _tokens;
    private readonly TimeProvider _clock;

    private EndpointBudget(ModelCallOptions options, TimeProvider clock)
    {
        _clock = clock;
        _requests = options.RequestsPerMinute is { } requests ? new MinuteBudget(requests, clock) : null;
        _tokens = options.TokensPerMinute is { } tokens ? new MinuteBudget(tokens, clock) : null;
    }

    /// <summary>Whether tokens count.</summary>
    public bool CountsTokens => _tokens is not null;

    /// <summary>The budget that <paramref name="options"/> set; null when they set none.</summary>
    public static EndpointBudget? Of(ModelCallOptions options, TimeProvider clock) =>
        options is { RequestsPerMinute: null, TokensPerMinute: null } ? null : new EndpointBudget(options, clock);

    /// <summary>Waits until one more attempt may be made that is expected to take <paramref name="tokens"/>, and books it.</summary>
    public async ValueTask<Entry> EnterAsync(EndpointGate gate, bool again, long tokens, CancellationToken cancellationToken)
    {
        using var turn = await _line.EnterAsync(again, cancellationToken);
        while (true)
        {
            for (var wait = WaitFor(tokens); wait > TimeSpan.Zero; wait = WaitFor(tokens))
            {
                // In whole milliseconds, upwards: a delay is cut to them, and one of none would not wait at all.
                await Task.Delay(wait < LongestNap ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : LongestNap, _clock, cancellationToken);
            }

            var pass = await gate.EnterAsync(again, cancellationToken);
            // Calls that took more than was expected may have filled the room meanwhile.
            if (WaitFor(tokens) <= TimeSpan.Zero) return new Entry(pass, new Spending(_requests, _tokens, tokens));
            pass.Dispose();
        }
    }

    private TimeSpan WaitFor(long tokens)
    {
        var requests = _requests?.WaitFor(1) ?? TimeSpan.Zero;
        var own = _tokens?.WaitFor(tokens) ?? TimeSpan.Zero;
        return requests > own ? requests : own;
    }
}

/// <summary>Leave to make one attempt.</summary>
/// <param name="Pass">Its place at the endpoint.</param>
/// <param name="Spending">What it is booked with; null where there is no budget.</param>
internal readonly record struct Entry(GatePass Pass, Spending? Spending);
