using System.Net;
using System.Text;
using System.Text.Json;

namespace Mirion.Generation.Api.IntegrationTests.Harness;

/// <summary>What came back.</summary>
/// <param name="Status">The status.</param>
/// <param name="MediaType">The media type of the body.</param>
/// <param name="Location">The Location header.</param>
/// <param name="Text">The body.</param>
internal sealed record Reply(HttpStatusCode Status, string? MediaType, string? Location, string Text)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json { get; } = Text.StartsWith('{') && MediaType is not "application/x-ndjson" ? JsonElement.Parse(Text, new JsonDocumentOptions { MaxDepth = 128 }) : default;

    /// <summary>The stable reason of a problem.</summary>
    public string? Code => this["code"].GetString();

    public override string ToString() => $"{(int)Status} {MediaType} {Location} {Text}";

    /// <summary>A member of the body.</summary>
    public JsonElement this[string member] => Json.GetProperty(member);
}

/// <summary>Requests in one line.</summary>
internal static class Http
{
    public static Task<Reply> GetAsync(this TestApi api, string path) => api.SendAsync(HttpMethod.Get, path);

    public static Task<Reply> DeleteAsync(this TestApi api, string path) => api.SendAsync(HttpMethod.Delete, path);

    public static Task<Reply> PostAsync(this TestApi api, string path, string? body, string mediaType = "application/json", params (string Name, string Value)[] headers) =>
        api.SendAsync(HttpMethod.Post, path, body, mediaType, headers);

    public static Task<Reply> PutAsync(this TestApi api, string path, string body) => api.SendAsync(HttpMethod.Put, path, body);

    public static async Task<Reply> SendAsync(
        this TestApi api, HttpMethod method, string path, string? body = null, string mediaType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"/api/v1/{path}");
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, mediaType);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await api.Client.SendAsync(request);
        return new(
            response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.Location?.ToString(),
            await response.Content.ReadAsStringAsync());
    }

    /// <summary>The reply, having checked its status; for steps that arrange.</summary>
    public static async Task<Reply> Expect(this Task<Reply> replying, HttpStatusCode status)
    {
        var reply = await replying;
        Assert.That(reply.Status, Is.EqualTo(status), reply.Text);
        return reply;
    }
}
