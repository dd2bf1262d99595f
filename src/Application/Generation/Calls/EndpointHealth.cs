namespace Mirion.Generation.Application.Generation.Calls;

/// <summary>
/// Tells an endpoint that answers nobody from one that fails now and then. It watches and turns no call away: a circuit that rejects
/// would use up the attempts of the calls that wait behind a slow probe, and give up on an endpoint that has just come back.
/// </summary>
internal sealed class EndpointHealth
{
    /// <summary>Failures without an answer in between that a handful of difficult questions cannot make.</summary>
    public const int FailuresOfTheDead = 20;

    private long _answers;
    private int _failuresInARow;

    /// <summary>Answers so far; a call keeps the number it started at.</summary>
    public long Answers => Interlocked.Read(ref _answers);

    /// <summary>The endpoint answered somebody, if only to refuse.</summary>
    public void Answered()
    {
        Interlocked.Increment(ref _answers);
        Volatile.Write(ref _failuresInARow, 0);
    }

    /// <summary>An attempt came to nothing. A 429 does not belong here: whoever sends it is alive.</summary>
    public void Failed() => Interlocked.Increment(ref _failuresInARow);

    /// <summary>Whether nobody at all was answered while a call that began at <paramref name="answersBefore"/> used up its attempts.</summary>
    public bool IsDeadSince(long answersBefore) => Answers == answersBefore && Volatile.Read(ref _failuresInARow) >= FailuresOfTheDead;
}
