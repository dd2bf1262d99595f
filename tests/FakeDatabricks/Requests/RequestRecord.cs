using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Mirion.Generation.FakeDatabricks.Auth;

namespace Mirion.Generation.FakeDatabricks.Requests;

/// <summary>The place of one request in the log, which is written once: what ends a request first says how it ended.</summary>
internal sealed class RequestRecord(HttpContext context, ConcurrentQueue<RecordedRequest> log)
{
    private int _written;

    public void Add(int status)
    {
        if (Interlocked.Exchange(ref _written, 1) == 1) return;
        var request = context.Request;
        log.Enqueue(new RecordedRequest(request.Method, RequestLog.RawPath(context), request.QueryString.Value ?? "", Caller.Of(context), status));
    }
}
