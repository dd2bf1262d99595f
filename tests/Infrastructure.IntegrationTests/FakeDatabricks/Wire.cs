using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Mirion.Generation.FakeDatabricks;

namespace Mirion.Generation.Infrastructure.IntegrationTests.FakeDatabricks;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record Answer(int Status, string Body, HttpResponseMessage Message)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>A header; null when there is none.</summary>
    public string? Header(string name) =>
        Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values) ? values.First() : null;
}

/// <summary>A caller of a workspace that sends exactly what it is told to.</summary>
internal sealed class Wire(FakeDatabricksWorkspace workspace, string? token) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = workspace.Host };

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, content: null, headers);

    public Task<Answer> HeadAsync(string path) => SendAsync(HttpMethod.Head, path);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<Answer> PutAsync(string path, string? bytes = null) =>
        SendAsync(HttpMethod.Put, path, bytes is null ? null : new ByteArrayContent(Encoding.UTF8.GetBytes(bytes)));

    public Task<Answer> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"));

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var reply = await _client.SendAsync(request);
        return new Answer((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(), reply);
    }

    public void Dispose() => _client.Dispose();
}
