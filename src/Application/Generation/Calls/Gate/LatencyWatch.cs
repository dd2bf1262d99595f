namespace Mirion.Generation.Application.Generation.Calls.Gate;

/// <summary>What the time that answers take says about the load of an endpoint.</summary>
internal enum Load
{
    /// <summary>Answers come as quickly as ever.</summary>
    Light,

    /// <summary>They take longer: more calls at once would only wait for each other.</summary>
    Full,

    /// <summary>They take much longer: calls wait for each other now.</summary>
    Excessive,
}

/// <summary>
/// Compares how long answers take with how long they took at best, over as many of them as half of the calls in flight: single answers differ by the length of what is said.
/// </summary>
internal sealed class LatencyWatch
{
    private const int LeastAnswers = 10;
    private const double LeastSpan = 0.02;
    private const double FullFrom = 1.5;
    private const double ExcessiveFrom = 2.0;
    private const double Smoothing = 0.1;

    private double _best = double.PositiveInfinity;
    private double _sum;
    private int _answers;
    private double _since = double.NaN;

    /// <summary>Seconds an answer takes, smoothed; 0 before the first.</summary>
    public double Latency { get; private set; }

    /// <summary>Seconds an answer took, on the mean of the last look.</summary>
    public double Mean { get; private set; }

    /// <summary>What the last look found.</summary>
    public Load Load { get; private set; }

    /// <summary>Takes an answer into account; true when it completes a look.</summary>
    public bool Add(double latency, double limit, double now)
    {
        Latency = Latency == 0 ? latency : Latency + ((latency - Latency) * Smoothing);
        if (double.IsNaN(_since)) _since = now - latency;
        // Asked before this look began, when there may have been more or fewer calls in flight.
        if (now - latency < _since) return false;
        _sum += latency;
        _answers++;
        if (_answers < Math.Max(LeastAnswers, limit / 2) || now - _since < Math.Max(Latency, LeastSpan)) return false;

        Mean = _sum / _answers;
        (_sum, _answers, _since) = (0, 0, now);
        _best = Math.Min(_best, Mean);
        Load = Mean > ExcessiveFrom * _best ? Load.Excessive : Mean > FullFrom * _best ? Load.Full : Load.Light;
        return true;
    }

    /// <summary>Takes what answers take now as the best there is: fewer calls did not make them quicker.</summary>
    public void AcceptMean() => (_best, Load) = (Mean, Load.Light);
}
