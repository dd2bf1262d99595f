using FluentValidation;
using Microsoft.Extensions.Options;

namespace Mirion.Generation.Infrastructure.Models;

/// <summary>Finds every fault of the options at once, each named by its key; no message repeats a value, which may be a secret.</summary>
internal sealed class FoundationModelOptionsValidator : AbstractValidator<FoundationModelOptions>, IValidateOptions<FoundationModelOptions>
{
    public FoundationModelOptionsValidator()
    {
        RuleForEach(options => options.Unreadable).Must(_ => false).WithMessage((_, fault) => fault);
        RuleFor(options => options.Provider).Must(provider => provider is not FoundationModelProvider.Databricks)
            .WithMessage(Named(nameof(FoundationModelOptions.Provider), "Databricks is not available in this version; use Embedded or OpenAICompatible."));
        RuleFor(options => options.BaseUrl).NotNull().When(options => options.Provider is FoundationModelProvider.OpenAICompatible)
            .WithMessage(Named(nameof(FoundationModelOptions.BaseUrl), "is required when Provider is OpenAICompatible."));
        RuleFor(options => options.BaseUrl).Must(BeAnEndpoint!).When(options => options.BaseUrl is not null)
            .WithMessage(Named(nameof(FoundationModelOptions.BaseUrl), "must be an absolute http or https URL without user name, query or fragment, such as http://127.0.0.1:11434/v1."));
        RuleFor(options => options.ApiKey).Must(key => key!.All(c => c is > ' ' and < (char)0x7f)).When(options => options.ApiKey is not null)
            .WithMessage(Named(nameof(FoundationModelOptions.ApiKey), "has characters that cannot stand in an HTTP header."));
        Range(options => options.MaxConcurrency, nameof(FoundationModelOptions.MaxConcurrency), 1, 10_000);
        Range(options => options.TimeoutSeconds, nameof(FoundationModelOptions.TimeoutSeconds), 1, 3_600);
        Range(options => options.MaxAttempts, nameof(FoundationModelOptions.MaxAttempts), 1, 20);
        Range(options => options.RequestsPerMinute ?? 1, nameof(FoundationModelOptions.RequestsPerMinute), 1, int.MaxValue);
        Range(options => options.TokensPerMinute ?? 1, nameof(FoundationModelOptions.TokensPerMinute), 1, int.MaxValue);
    }

    ValidateOptionsResult IValidateOptions<FoundationModelOptions>.Validate(string? name, FoundationModelOptions options)
    {
        var result = Validate(options);
        return result.IsValid ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(result.Errors.Select(fault => fault.ErrorMessage));
    }

    private static bool BeAnEndpoint(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0;

    private static string Named(string key, string fault) => $"{FoundationModelOptions.SectionName}:{key} {fault}";

    private void Range(System.Linq.Expressions.Expression<Func<FoundationModelOptions, int>> value, string key, int least, int most) =>
        RuleFor(value).InclusiveBetween(least, most)
            .WithMessage(Named(key, most is int.MaxValue ? "must be positive." : $"must be from {least} to {most}."));
}
