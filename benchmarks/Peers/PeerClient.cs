using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Mirion.Generation.Benchmarks.Workload;

namespace Mirion.Generation.Benchmarks.Peers;

/// <summary>What a chat endpoint said to a peer.</summary>
/// <param name="Answer">The answer; null when there is none.</param>
/// <param name="IsThrottled">Whether it was a 429.</param>
/// <param name="RetryAfter">When to come back, where the endpoint said.</param>
internal readonly record struct PeerReply(string? Answer, bool IsThrottled, TimeSpan? RetryAfter);

/// <summary>The plainest chat client there is: one HttpClient, one JSON body, no retry, nothing stored.</summary>
internal sealed class PeerClient(string baseUrl, Inspections items) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { Timeout = TimeSpan.FromMinutes(5) };
    private readonly Uri _uri = new($"{baseUrl}/chat/completions");

    public int Count => items.Count;

    public async Task<PeerReply> AskAsync(int item)
    {
        using var content = new ByteArrayContent(Body(items.Question(item)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await _http.PostAsync(_uri, content);
        if (response.StatusCode is not HttpStatusCode.OK)
        {
            return new PeerReply(Answer: null, response.StatusCode is HttpStatusCode.TooManyRequests, response.Headers.RetryAfter?.Delta);
        }

        using var reply = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return new PeerReply(reply.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString(), IsThrottled: false, RetryAfter: null);
    }

    public void Dispose() => _http.Dispose();

    private static byte[] Body(string question)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("model"u8, Inspections.Model);
        json.WriteStartArray("messages"u8);
        Write(json, "system", Inspections.SystemPrompt);
        Write(json, "user", question);
        json.WriteEndArray();
        json.WriteNumber("temperature"u8, 0);
        json.WriteNumber("max_tokens"u8, Inspections.MaxTokens);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string role, string content)
    {
        json.WriteStartObject();
        json.WriteString("role"u8, role);
        json.WriteString("content"u8, content);
        json.WriteEndObject();
    }
}
