using FluentValidation;
using Microsoft.Extensions.Options;

namespace Mirion.Generation.Infrastructure.Configuration;

/// <summary>A FluentValidation validator as the framework wants it: every fault, each beginning with the key of its setting.</summary>
/// <typeparam name="TOptions">The options.</typeparam>
/// <param name="validator">What finds the faults.</param>
/// <param name="path">The section the options stand in.</param>
/// <param name="areUsed">Whether anything uses the options; null when they always are.</param>
internal sealed class FluentOptionsValidation<TOptions>(IValidator<TOptions> validator, string path, Func<bool>? areUsed = null) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        if (areUsed?.Invoke() is false) return ValidateOptionsResult.Skip;
        var outcome = validator.Validate(options);
        return outcome.IsValid
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(outcome.Errors.Select(fault => $"{path}:{fault.PropertyName} {fault.ErrorMessage}"));
    }
}
