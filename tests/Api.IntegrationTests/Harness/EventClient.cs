using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;

namespace Mirion.Generation.Api.IntegrationTests.Harness;

/// <summary>An event as it came over the wire.</summary>
internal sealed record ReceivedEvent(string Id, string Name, JsonElement Data);

/// <summary>Listens to the events of a training sheet as a browser does, line by line, over a connection of its own that ends when it leaves.</summary>
internal sealed class EventClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;
    private readonly HttpResponseMessage _response;
    private readonly CancellationTokenSource _left = new();
    private readonly ConcurrentQueue<ReceivedEvent> _events = new();
    private int _comments;

    private EventClient(HttpClient client, HttpResponseMessage response)
    {
        (_client, _response) = (client, response);
        Ended = Task.Run(ReadAsync);
    }

    public HttpStatusCode Status => _response.StatusCode;

    public HttpResponseMessage Response => _response;

    public IReadOnlyCollection<ReceivedEvent> Events => _events;

    /// <summary>How many comments came, which say nothing and keep the connection open.</summary>
    public int Comments => Volatile.Read(ref _comments);

    /// <summary>Completes when the server ends the stream.</summary>
    public Task Ended { get; }

    public static async Task<EventClient> ConnectAsync(TestApi api, string location, string? lastEventId = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = api.Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{location}/events");
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        return new(client, await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
    }

    /// <summary>Waits until it is so, doing <paramref name="meanwhile"/> again and again.</summary>
    public async Task UntilAsync(Func<bool> isSo, Action? meanwhile = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience) throw new TimeoutException($"It did not come to that. Seen: {string.Join(' ', _events)}");
            meanwhile?.Invoke();
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    public Task EndAsync() => Ended.WaitAsync(Patience);

    public void Dispose()
    {
        _left.Cancel();
        _response.Dispose();
        _client.Dispose();
        _left.Dispose();
    }

    private async Task ReadAsync()
    {
        using var lines = new StreamReader(await _response.Content.ReadAsStreamAsync(_left.Token));
        string? id = null, name = null, data = null;
        while (await lines.ReadLineAsync(_left.Token) is { } line)
        {
            if (line.StartsWith(':')) Interlocked.Increment(ref _comments);
            else if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            else if (line.Length > 0) throw new FormatException($"No line of an event stream: {line}");
            if (line.Length > 0 || data is null) continue;
            _events.Enqueue(new(id!, name!, JsonElement.Parse(data)));
            (id, name, data) = (null, null, null);
        }
    }
}
