using System.Linq.Expressions;
using FluentValidation;
using Mirion.Generation.Infrastructure.Configuration;

namespace Mirion.Generation.Infrastructure.Models;

/// <summary>Finds every fault of the options at once; no message repeats a value, which may be a secret.</summary>
internal sealed class FoundationModelOptionsValidator : AbstractValidator<FoundationModelOptions>
{
    public FoundationModelOptionsValidator()
    {
        RuleFor(options => options.Provider).Must((options, provider) => provider is not FoundationModelProvider.Databricks || options.Workspace is WorkspaceProvider.Databricks)
            .WithMessage("names Databricks, whose endpoints belong to a Databricks workspace: set Workspace:Provider to Databricks, or use OpenAICompatible with a BaseUrl and an ApiKey.");
        RuleFor(options => options.BaseUrl).NotNull().When(options => options.Provider is FoundationModelProvider.OpenAICompatible)
            .WithMessage("is required when Provider is OpenAICompatible.");
        RuleFor(options => options.BaseUrl).Must(BeAnEndpoint!).When(options => options.BaseUrl is not null)
            .WithMessage("must be an absolute http or https URL without user name, query or fragment, such as http://127.0.0.1:11434/v1.");
        RuleFor(options => options.ApiKey).Null().When(options => options.ChosenProvider is FoundationModelProvider.Databricks)
            .WithMessage("is not used with Databricks, whose endpoints are asked with the workspace's credentials.");
        RuleFor(options => options.ApiKey).Must(key => key!.All(c => c is > ' ' and < (char)0x7f)).When(options => options.ApiKey is not null)
            .WithMessage("has characters that cannot stand in an HTTP header.");
        Range(options => options.MaxConcurrency, 1, 10_000);
        Range(options => options.TimeoutSeconds, 1, 3_600);
        Range(options => options.MaxAttempts, 1, 20);
        RuleFor(options => options.RequestsPerMinute).GreaterThan(0).WithMessage("must be positive.");
        RuleFor(options => options.TokensPerMinute).GreaterThan(0).WithMessage("must be positive.");
    }

    private static bool BeAnEndpoint(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.Host.Length > 0 && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0;

    private void Range(Expression<Func<FoundationModelOptions, int>> value, int least, int most) =>
        RuleFor(value).InclusiveBetween(least, most).WithMessage($"must be from {least} to {most}.");
}
