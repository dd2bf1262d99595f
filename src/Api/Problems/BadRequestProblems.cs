using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Api.Problems;

/// <summary>Requests that could not even be read: what is wrong with them, by field, in words for the caller.</summary>
internal sealed class BadRequestProblems(IProblemDetailsService problems, IOptions<JsonOptions> json) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not BadHttpRequestException bad) return false;
        httpContext.Response.StatusCode = bad.StatusCode;
        var problem = new ProblemDetailsContext { HttpContext = httpContext };
        if (bad.StatusCode == StatusCodes.Status400BadRequest && Explain(httpContext, bad) is { } error)
        {
            problem.ProblemDetails.Detail = error.Message;
            problem.ProblemDetails.Extensions = ResultProblems.Members(error.Code, error.Fields);
        }

        await problems.WriteAsync(problem);
        return true;
    }

    private Error? Explain(HttpContext context, BadHttpRequestException bad)
    {
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        if (bad.InnerException is JsonException fault && endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } type)
        {
            return Explain(JsonFault.Of(fault, type, json.Value.SerializerOptions));
        }

        var errors = new FieldErrors();
        foreach (var parameter in endpoint?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
        {
            var name = parameter.ParameterInfo.GetCustomAttributes().OfType<IFromQueryMetadata>().FirstOrDefault()?.Name ?? parameter.Name;
            if (!context.Request.Query.TryGetValue(name, out var text)) continue;
            if (parameter.ParameterInfo.ParameterType == typeof(int?)) errors.Require(int.TryParse(text, CultureInfo.InvariantCulture, out _), name, "Give a whole number.");
            if (parameter.ParameterInfo.ParameterType == typeof(bool)) errors.Require(bool.TryParse(text, out _), name, "Give true or false.");
        }

        return errors.IsEmpty ? new Error(ErrorKind.Invalid, "malformed_request", "The request has no body, or one that cannot be read as JSON.") : errors.ToError();
    }

    private static Error Explain(JsonFault fault) => fault switch
    {
        { IsSyntax: true } => new(ErrorKind.Invalid, "malformed_request", fault.Message),
        { Field: { } field } => Error.InvalidField(field, fault.Message),
        _ => new(ErrorKind.Invalid, "validation_failed", $"The body: {fault.Message}"),
    };
}
