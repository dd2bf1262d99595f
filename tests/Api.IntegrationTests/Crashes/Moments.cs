using System.Globalization;

namespace Mirion.Generation.Api.IntegrationTests.Crashes;

/// <summary>
/// Moments at which a program is killed, drawn from a seed that the test prints; MIRION_CRASH_SEED sets it. How far the program has come by then also depends on the machine, so a
/// seed finds the neighbourhood again, not the instant.
/// </summary>
internal sealed class Moments
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly CrashSite _site;
    private readonly Random _chance;

    public Moments(CrashSite site)
    {
        var seed = Environment.GetEnvironmentVariable("MIRION_CRASH_SEED") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        TestContext.Out.WriteLine($"MIRION_CRASH_SEED={seed}");
        (_site, _chance) = (site, new Random(seed));
    }

    /// <summary>While the program starts and finds out what was done before it.</summary>
    public async Task InRecoveryAsync(Victim victim)
    {
        var calls = _site.Model.CallCount;
        var after = TimeSpan.FromMilliseconds(_chance.Next(1_500));
        var begun = TimeProvider.System.GetTimestamp();
        // No later than its first question: then it has recovered.
        await UntilAsync(victim, () => TimeProvider.System.GetElapsedTime(begun) > after || _site.Model.CallCount > calls);
    }

    /// <summary>After some more answers.</summary>
    public async Task AfterAnswersAsync(Victim victim)
    {
        var calls = _site.Model.CallCount + _chance.Next(1, 60);
        await UntilAsync(victim, () => _site.Model.CallCount >= calls);
        await Task.Delay(TimeSpan.FromMilliseconds(_chance.Next(25)), TimeProvider.System);
    }

    /// <summary>In a commit: as soon as the database's own journal grows.</summary>
    public async Task InACommitAsync(Victim victim)
    {
        var calls = _site.Model.CallCount + _chance.Next(1, 40);
        await UntilAsync(victim, () => _site.Model.CallCount >= calls);
        var length = Length();
        await UntilAsync(victim, () => Length() != length);
    }

    private static async Task UntilAsync(Victim victim, Func<bool> holds)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!holds() && !victim.HasEnded)
        {
            if (deadline.IsCancellationRequested) throw new TimeoutException($"It does not come that far: {victim.Said}");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    private long Length() => new FileInfo(_site.Journal) is { Exists: true } file ? file.Length : 0;
}
