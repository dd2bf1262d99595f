using Mirion.Generation.Application.Generation.Calls.Gate;

namespace Mirion.Generation.Application.UnitTests.Generation.Calls.Gate;

/// <summary>What a trial came to.</summary>
/// <param name="Seconds">Virtual seconds until every call was answered.</param>
/// <param name="SentAway">Calls sent away.</param>
/// <param name="MostInFlight">Calls in flight at most.</param>
/// <param name="LastLimit">The limit at the end.</param>
internal sealed record GateTrial(double Seconds, int SentAway, int MostInFlight, double LastLimit)
{
    /// <summary>Sends calls to an endpoint as the gate lets them in, and those again that are sent away, until all are answered. Nothing in it depends on a real clock.</summary>
    public static GateTrial Run(EndpointWorld world, int calls, int mostInFlight = 64, int seed = 1)
    {
        var control = new GateControl(mostInFlight);
        var endpoint = new VirtualEndpoint(world, new Random(seed));
        var verdicts = new PriorityQueue<(Verdict Verdict, double Entered), (double, int)>();
        var (now, waiting, answered, sentAway, most, order) = (0.0, calls, 0, 0, 0, 0);
        while (answered < calls)
        {
            var admission = default(Admission);
            while (waiting > 0 && (admission = control.TryEnter(now)).Now)
            {
                waiting--;
                var verdict = endpoint.Send(now);
                verdicts.Enqueue((verdict, now), (verdict.At, order++));
                most = Math.Max(most, control.InFlight);
            }

            var at = waiting > 0 ? admission.At : null;
            if (at is { } again && (verdicts.Count == 0 || again < verdicts.Peek().Verdict.At))
            {
                now = Math.Max(again, now + 1e-6);
                continue;
            }

            var (next, since) = verdicts.Dequeue();
            now = next.At;
            if (next.Answered)
            {
                endpoint.Answer();
                control.Answered(since, now);
                answered++;
            }
            else
            {
                control.Throttled(since, next.RetryAfter, now);
                waiting++;
                sentAway++;
            }

            if (now > 1e6) throw new InvalidOperationException("The gate stands still.");
        }

        return new GateTrial(now, sentAway, most, control.Limit);
    }
}
