using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mirion.Generation.FakeDatabricks.Sql.Statements;

/// <summary>A link to a part of a result.</summary>
internal sealed record ResultLink(Uri Address, DateTimeOffset Expiration);

/// <summary>
/// Where links lead: another origin than the workspace, as cloud storage is. A link is a secret with an end of its own. Whoever sends
/// credentials along is refused, since storage takes them for another way to sign.
/// </summary>
internal sealed class ResultLinks(StatementPlans plans, TimeProvider clock, TimeSpan lifetime) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (StatementRun Run, ResultChunk Chunk, DateTimeOffset Expiration)> _links = new();
    private readonly SemaphoreSlim _starting = new(1, 1);
    private WebApplication? _storage;

    /// <summary>A new link to a part.</summary>
    public async Task<ResultLink> MakeAsync(StatementRun run, ResultChunk chunk)
    {
        var storage = await StartAsync();
        var signature = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var expiration = clock.GetUtcNow() + lifetime;
        _links[signature] = (run, chunk, expiration);
        var path = string.Create(CultureInfo.InvariantCulture, $"results/{run.Id}/{chunk.Index}?signature={signature}");
        return new ResultLink(new Uri(new Uri(storage.Urls.Single()), path), expiration);
    }

    public async ValueTask DisposeAsync()
    {
        if (_storage is not null) await _storage.DisposeAsync();
        _starting.Dispose();
    }

    private async Task<WebApplication> StartAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_storage is not null) return _storage;
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
            var storage = builder.Build();
            storage.MapGet("/results/{statement}/{chunk:int}", Download);
            await storage.StartAsync();
            return _storage = storage;
        }
        finally
        {
            _starting.Release();
        }
    }

    private IResult Download(HttpRequest request)
    {
        if (request.Headers.ContainsKey("Authorization")) return Refuse(StatusCodes.Status400BadRequest, "InvalidArgument", "Only one auth mechanism allowed");
        var signature = request.Query["signature"].ToString();
        if (!_links.TryGetValue(signature, out var link)) return Refuse(StatusCodes.Status403Forbidden, "SignatureDoesNotMatch", "The signature does not match");
        if (plans.TakeEndedLink()) _links[signature] = link with { Expiration = DateTimeOffset.MinValue };
        if (clock.GetUtcNow() >= _links[signature].Expiration) return Refuse(StatusCodes.Status403Forbidden, "AccessDenied", "Request has expired");
        if (link.Run.Result is not { } result) return Refuse(StatusCodes.Status404NotFound, "NoSuchKey", "The specified key does not exist");
        var (body, contentType) = result.Encode(link.Chunk, link.Run.Request.Format);
        return Results.Bytes(body, contentType);
    }

    // Storage answers in XML.
    private static IResult Refuse(int status, string code, string message) =>
        Results.Text($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>", "application/xml", statusCode: status);
}
