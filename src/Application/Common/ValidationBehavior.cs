using FluentValidation;
using MediatR;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.Common;

/// <summary>Answers a request of the wrong shape with all of its faults by field, before any handler sees it.</summary>
internal sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IResult<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var errors = new FieldErrors();
        foreach (var validator in validators)
        {
            var outcome = await validator.ValidateAsync(request, cancellationToken);
            foreach (var failure in outcome.Errors) errors.Add(failure.PropertyName, failure.ErrorMessage);
        }

        return errors.IsEmpty ? await next() : TResponse.Failed(errors.ToError());
    }
}
