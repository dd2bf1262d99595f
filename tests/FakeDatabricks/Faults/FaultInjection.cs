using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Mirion.Generation.FakeDatabricks.Requests;

namespace Mirion.Generation.FakeDatabricks.Faults;

/// <summary>Lets requests go wrong as planned.</summary>
internal sealed class FaultInjection(FaultPlan plan)
{
    public async Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        if (await TakeAsync(context) is not { } fault)
        {
            await next(context);
            return;
        }

        await fault.Wait(context.RequestAborted);
        if (fault.IsAfterTheWork) await WorkUnseenAsync(context, next);
        if (fault.IsReset) Reset(context);
        else if (fault.Status > 0) await AnswerAsync(context, fault);
        else await next(context);
    }

    private async Task<Fault?> TakeAsync(HttpContext context)
    {
        var (method, path) = (context.Request.Method, RequestLog.RawPath(context));
        var body = "";
        if (plan.AsksForBody(method, path))
        {
            context.Request.EnableBuffering();
            using var reader = new StreamReader(context.Request.Body, leaveOpen: true);
            body = await reader.ReadToEndAsync(context.RequestAborted);
            context.Request.Body.Position = 0;
        }

        return plan.Take(method, path, body);
    }

    /// <summary>Does what is asked for, with nobody to see the answer.</summary>
    private static async Task WorkUnseenAsync(HttpContext context, RequestDelegate next)
    {
        var answer = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        try
        {
            await next(context);
        }
        finally
        {
            context.Features.Set(answer);
        }

        context.Response.Clear();
    }

    private static void Reset(HttpContext context)
    {
        context.Features.Get<RequestRecord>()?.Add(status: 0);
        if (context.Features.Get<IConnectionSocketFeature>() is { } connection) connection.Socket.LingerState = new(enable: true, 0);
        context.Abort();
    }

    private static Task AnswerAsync(HttpContext context, Fault fault)
    {
        context.Response.StatusCode = fault.Status;
        if (fault.RetryAfter is not null) context.Response.Headers.RetryAfter = fault.RetryAfter;
        if (fault.ContentType.Length > 0) context.Response.ContentType = fault.ContentType;
        return fault.Body.Length > 0 ? context.Response.WriteAsync(fault.Body, context.RequestAborted) : Task.CompletedTask;
    }
}
