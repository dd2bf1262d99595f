namespace Mirion.Generation.Benchmarks.Peers;

/// <summary>Ways to call an endpoint for every item that know no limit.</summary>
internal static class Loops
{
    private const int Wave = 10;

    /// <summary>One after the other, as the pseudocode that this product began with has it.</summary>
    public static async Task<int> SequentialAsync(PeerClient client)
    {
        var done = 0;
        for (var i = 0; i < client.Count; i++)
        {
            if ((await client.AskAsync(i)).Answer is not null) done++;
        }

        return done;
    }

    /// <summary>Ten at a time, the next ten when all of them are back, as one writes it around Promise.all.</summary>
    public static async Task<int> WavesAsync(PeerClient client)
    {
        var done = 0;
        foreach (var wave in Enumerable.Range(0, client.Count).Chunk(Wave))
        {
            done += (await Task.WhenAll(wave.Select(client.AskAsync))).Count(reply => reply.Answer is not null);
        }

        return done;
    }

    /// <summary>A task an item behind one semaphore: what any HttpClient program does at best, with nothing stored.</summary>
    public static async Task<int> BareAsync(PeerClient client, int concurrency)
    {
        using var slots = new SemaphoreSlim(concurrency);
        var replies = await Task.WhenAll(Enumerable.Range(0, client.Count).Select(async i =>
        {
            await slots.WaitAsync();
            try
            {
                return await client.AskAsync(i);
            }
            finally
            {
                slots.Release();
            }
        }));
        return replies.Count(reply => reply.Answer is not null);
    }
}
