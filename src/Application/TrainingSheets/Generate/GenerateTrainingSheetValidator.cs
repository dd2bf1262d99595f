using FluentValidation;

namespace Mirion.Generation.Application.TrainingSheets.Generate;

internal sealed class GenerateTrainingSheetValidator : AbstractValidator<GenerateTrainingSheetCommand>
{
    private const int LongestKey = 255;
    private const int LongestName = 255;

    public GenerateTrainingSheetValidator()
    {
        RuleFor(command => command.IdempotencyKey)
            .Must(key => key is null || (key.Length is > 0 and <= LongestKey && !string.IsNullOrWhiteSpace(key)))
            .WithMessage($"Give 1 to {LongestKey} characters.")
            .OverridePropertyName("Idempotency-Key");
        RuleFor(command => command.Name)
            .Must(name => name is null || name.Length <= LongestName)
            .WithMessage($"Give at most {LongestName} characters.")
            .OverridePropertyName("name");
    }
}
