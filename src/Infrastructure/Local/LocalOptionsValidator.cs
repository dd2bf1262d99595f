using FluentValidation;

namespace Mirion.Generation.Infrastructure.Local;

internal sealed class LocalOptionsValidator : AbstractValidator<LocalOptions>
{
    // DuckDB itself asks for 125 MB a thread; with less even small workspaces do not open.
    private const int LeastMegabytes = 128;

    public LocalOptionsValidator()
    {
        RuleFor(options => options.Path)
            .Must(path => !path.Contains('\0', StringComparison.Ordinal))
            .WithMessage("must be the path of a folder.");
        RuleFor(options => options.MemoryMegabytes).GreaterThanOrEqualTo(LeastMegabytes).WithMessage($"must be {LeastMegabytes} at least.");
    }
}
