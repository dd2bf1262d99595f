using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Mirion.Generation.Api.IntegrationTests.Harness;

namespace Mirion.Generation.Api.IntegrationTests;

/// <summary>How much may be sent.</summary>
internal sealed class LimitTests
{
    private const int LimitBytes = 32 * 1024 * 1024;

    private TestApi _api = null!;

    [SetUp]
    public async Task RenewAsync() => (_api, _) = await SharedApi.RenewAsync();

    [TestCase("sheets", false)]
    [TestCase("sheets", true)]
    [TestCase("templates", true)]
    [TestCase("canonical-labels", false)]
    [TestCase("canonical-labels/bulk", false)]
    [TestCase("canonical-labels/bulk", true)]
    [TestCase("training-sheets/generate", false)]
    public async Task JsonBody_WhenLargerThan32MB_IsRefused(string path, bool chunked)
    {
        var reply = await SendAsync(path, new string(' ', LimitBytes + 1), "application/json", chunked);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge), reply.Text);
        Assert.That(reply.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(reply.Code, Is.EqualTo("request_too_large"));
    }

    [Test]
    public async Task JsonBody_WhenJustSmallEnough_IsRead()
    {
        var body = $$"""{"source_type": "uc_table", "name": "{{new string('x', LimitBytes - 100)}}"}""";

        var reply = await SendAsync("sheets", body, "application/json", chunked: false);

        Assert.That(reply.Code, Is.EqualTo("validation_failed"), "it was read as far as what it says");
    }

    [TestCase("application/x-ndjson", false)]
    [TestCase("application/jsonl", true)]
    public async Task JsonLines_WhenLargerThan32MB_AreImported(string mediaType, bool chunked)
    {
        var lines = new StringBuilder(LimitBytes + 2048);
        var count = 0;
        while (lines.Length <= LimitBytes)
        {
            lines.Append("""{"sheet_id": "photos", "item_ref": "item-""").Append(count++)
                .Append("""
                    ", "label_type": "classification", "label_data": "scratch", "notes": "
                    """).Append('x', 1000).Append("\"}\n");
        }

        var reply = await SendAsync("canonical-labels/bulk", lines.ToString(), mediaType, chunked);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.OK), reply.Text);
        Assert.That(reply["created"].GetInt32() + reply["updated"].GetInt32(), Is.EqualTo(count));
    }

    [Test]
    public async Task JsonLines_WhenOneLineIsTooLong_AreRefusedWithoutHoldingIt()
    {
        var reply = await SendAsync("canonical-labels/bulk", "\n" + new string('x', (2 * LimitBytes) + 1), "application/x-ndjson", chunked: true);

        Assert.That(reply.Status, Is.EqualTo(HttpStatusCode.BadRequest), reply.Text);
        Assert.That(reply["errors"].GetProperty("rows[2].row")[0].GetString(), Is.EqualTo("The line is longer than 32 MB; nothing after it was read."));
    }

    // The server answers as soon as it knows, and a client that goes on sending may miss the answer; one that asks first does not.
    private async Task<Reply> SendAsync(string path, string body, string mediaType, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{path}") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = !chunked;
        using var response = await _api.Client.SendAsync(request);
        return new Reply(response.StatusCode, response.Content.Headers.ContentType?.MediaType, null, await response.Content.ReadAsStringAsync());
    }
}
