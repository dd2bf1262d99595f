using FluentValidation;
using Mirion.Generation.Application.Generation;

namespace Mirion.Generation.Infrastructure.Configuration;

internal sealed class GenerationOptionsValidator : AbstractValidator<GenerationOptions>
{
    public GenerationOptionsValidator()
    {
        RuleFor(options => options.AsyncThreshold).GreaterThanOrEqualTo(0).WithMessage("must not be negative.");
        RuleFor(options => options.PageSize).InclusiveBetween(1, 10_000).WithMessage("must be from 1 to 10000.");
        RuleFor(options => options.BatchSize).InclusiveBetween(1, 10_000).WithMessage("must be from 1 to 10000.");
        RuleFor(options => options.FlushSeconds).InclusiveBetween(0.1, 60).WithMessage("must be from 0.1 to 60.");
        RuleFor(options => options.LeaseSeconds).InclusiveBetween(1, 3600).WithMessage("must be from 1 to 3600.");
        RuleFor(options => options.DrainSeconds).InclusiveBetween(0, 5).WithMessage("must be from 0 to 5.");
        RuleFor(options => options.MaxFileBytes).InclusiveBetween(1, 1_000_000_000).WithMessage("must be from 1 to 1000000000.");
    }
}
