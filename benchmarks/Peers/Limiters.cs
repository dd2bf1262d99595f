using System.Threading.RateLimiting;

namespace Mirion.Generation.Benchmarks.Peers;

/// <summary>The ways users know to live with a limit, each in a few lines. A question gets six attempts, the usual number, and is lost after that.</summary>
internal static class Limiters
{
    /// <summary>The limit that the one who is told it is told.</summary>
    public const int ToldRate = 50;

    private const int Attempts = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>On 429, waits what the endpoint says, or a second, and tries again.</summary>
    public static Task<int> FixedPauseAsync(PeerClient client, int concurrency) => ForEachAsync(client, concurrency, async item =>
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var reply = await client.AskAsync(item);
            if (!reply.IsThrottled) return reply.Answer is not null;
            await Task.Delay(reply.RetryAfter ?? Pause, TimeProvider.System);
        }

        return false;
    });

    /// <summary>Is told the limit, keeps to it with a token bucket, and pauses as above where that was not enough.</summary>
    public static async Task<int> ToldBucketAsync(PeerClient client, int concurrency)
    {
        await using var bucket = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = ToldRate, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromSeconds(1.0 / ToldRate), QueueLimit = int.MaxValue,
        });
        return await ForEachAsync(client, concurrency, async item =>
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                using var lease = await bucket.AcquireAsync();
                var reply = await client.AskAsync(item);
                if (!reply.IsThrottled) return reply.Answer is not null;
                await Task.Delay(reply.RetryAfter ?? Pause, TimeProvider.System);
            }

            return false;
        });
    }

    /// <summary>Additive increase, multiplicative decrease of calls in flight: one more for each window of answers, three quarters on 429.</summary>
    public static Task<int> AimdAsync(PeerClient client, int concurrency)
    {
        var window = 1.0;
        var inFlight = 0;
        var turn = new Lock();
        return ForEachAsync(client, concurrency, async item =>
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                while (!Enter()) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
                var reply = await client.AskAsync(item);
                lock (turn)
                {
                    inFlight--;
                    window = reply.IsThrottled ? Math.Max(1, window * 0.75) : Math.Min(concurrency, window + (1 / window));
                }

                if (!reply.IsThrottled) return reply.Answer is not null;
                await Task.Delay(reply.RetryAfter ?? Pause, TimeProvider.System);
            }

            return false;
        });

        bool Enter()
        {
            lock (turn)
            {
                if (inFlight >= (int)window) return false;
                inFlight++;
                return true;
            }
        }
    }

    private static async Task<int> ForEachAsync(PeerClient client, int concurrency, Func<int, Task<bool>> ask)
    {
        var done = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, client.Count), new ParallelOptions { MaxDegreeOfParallelism = concurrency }, async (item, _) =>
        {
            if (await ask(item)) Interlocked.Increment(ref done);
        });
        return done;
    }
}
