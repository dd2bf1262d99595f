using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Mirion.Generation.Benchmarks.ModelServer;

/// <summary>
/// A chat endpoint on loopback that costs as little as it can. It has two addresses: one behaves as its options say and counts, the other answers at once and
/// counts nothing, for warming clients up without teaching them anything about the first.
/// </summary>
internal sealed class ChatServer
{
    private readonly ServerOptions _options;
    private readonly TimeProvider _clock;
    private readonly RateLimit? _limit;
    private readonly SemaphoreSlim? _capacity;
    private readonly Lock _drawing = new();
    private readonly Random _random;
    private readonly ConcurrentDictionary<string, long> _faults = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _questions = new(StringComparer.Ordinal);
    private long _taken;
    private long _answered;
    private long _rejected;
    private long _first;
    private long _last;
    private int _inFlight;
    private int _mostInFlight;

    private ChatServer(ServerOptions options, TimeProvider clock)
    {
        (_options, _clock, _random) = (options, clock, new Random(options.Seed));
        _limit = RateLimit.Of(options.Limit, options.Rate);
        _capacity = options.Capacity > 0 ? new SemaphoreSlim(options.Capacity) : null;
    }

    /// <summary>Serves until standard input ends, which it does with whoever started this process. The first line printed has both addresses.</summary>
    public static async Task<int> RunAsync(ServerOptions options)
    {
        var server = new ChatServer(options, TimeProvider.System);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        await using var app = builder.Build();
        var measured = 0;
        app.Run(context => server.AnswerAsync(context, context.Connection.LocalPort == Volatile.Read(ref measured)));
        await app.StartAsync();
        var addresses = app.Urls.ToArray();
        Volatile.Write(ref measured, new Uri(addresses[0]).Port);
        await Console.Out.WriteLineAsync($"{addresses[0]} {addresses[1]}");
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Nothing is said on it; its end is what counts.
        }

        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        return 0;
    }

    private Task AnswerAsync(HttpContext context, bool measured) => context.Request.Path.Value switch
    {
        "/v1/chat/completions" => measured ? MeasuredAsync(context) : AtOnceAsync(context),
        "/v1/models" => Replies.WriteAsync(context, Replies.Models),
        "/stats" => Replies.WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(Stats(), JsonSerializerOptions.Web)),
        _ => Replies.WriteAsync(context, [], StatusCodes.Status404NotFound),
    };

    private static async Task AtOnceAsync(HttpContext context)
    {
        await ReadAsync(context, null);
        await Replies.WriteAsync(context, Replies.Good);
    }

    private async Task MeasuredAsync(HttpContext context)
    {
        Note(Interlocked.Increment(ref _inFlight));
        try
        {
            await ReadAsync(context, _options.CountsQuestions ? _questions : null);
            if (_limit is not null && !_limit.Admits(_clock, out var wait))
            {
                Interlocked.Increment(ref _rejected);
                await Replies.RejectAsync(context, _options.RetryAfter ? wait : null);
            }
            else if (_options.Faults > 0 && Draw() is { } fault)
            {
                _faults.AddOrUpdate(fault.Name, 1, static (_, count) => count + 1);
                await fault.Reply(context);
            }
            else
            {
                await MakeAnswerAsync(context);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller went away; there is nobody left to answer.
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private async Task MakeAnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _taken);
        if (_capacity is not null) await _capacity.WaitAsync(context.RequestAborted);
        try
        {
            if (_options.Latency > TimeSpan.Zero) await Task.Delay(_options.Latency, _clock, context.RequestAborted);
        }
        finally
        {
            _capacity?.Release();
        }

        Interlocked.Increment(ref _answered);
        Volatile.Write(ref _last, _clock.GetTimestamp());
        await Replies.WriteAsync(context, Replies.Good);
    }

    private (string Name, bool Final, Func<HttpContext, Task> Reply)? Draw()
    {
        lock (_drawing) return _random.NextDouble() < _options.Faults ? Replies.Faults[_random.Next(Replies.Faults.Length)] : null;
    }

    private void Note(int inFlight)
    {
        if (Volatile.Read(ref _first) == 0) Interlocked.CompareExchange(ref _first, _clock.GetTimestamp(), 0);
        var seen = Volatile.Read(ref _mostInFlight);
        while (inFlight > seen && Interlocked.CompareExchange(ref _mostInFlight, inFlight, seen) is var before && before != seen) seen = before;
    }

    private static async ValueTask ReadAsync(HttpContext context, ConcurrentDictionary<string, bool>? questions)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.IsCompleted)
            {
                questions?.TryAdd(Convert.ToHexString(SHA256.HashData(read.Buffer.ToArray())), true);
                reader.AdvanceTo(read.Buffer.End);
                return;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private ServerStats Stats() => new(
        _taken, _answered, _rejected, _faults.ToDictionary(), _inFlight, _mostInFlight, _questions.Count, _last == 0 ? 0 : _clock.GetElapsedTime(_first, _last).TotalSeconds);
}
