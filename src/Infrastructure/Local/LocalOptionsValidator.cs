using FluentValidation;

namespace Mirion.Generation.Infrastructure.Local;

internal sealed class LocalOptionsValidator : AbstractValidator<LocalOptions>
{
    public LocalOptionsValidator() => RuleFor(options => options.Path)
        .Must(path => !path.Contains('\0', StringComparison.Ordinal))
        .WithMessage("must be the path of a folder.");
}
