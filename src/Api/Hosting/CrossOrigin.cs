using Microsoft.Extensions.Options;
using Mirion.Generation.Api.Endpoints;

namespace Mirion.Generation.Api.Hosting;

/// <summary>Which web pages may call the API from a browser.</summary>
public sealed class CrossOriginOptions
{
    /// <summary>Where these options stand in configuration.</summary>
    public const string SectionName = "Cors";

    /// <summary>Origins such as <c>https://app.example.com</c>; none by default.</summary>
    public IList<string> AllowedOrigins { get; } = [];
}

/// <summary>Takes whole origins only: a pattern, or <c>*</c>, would let pages in that nobody thought of.</summary>
internal sealed class CrossOriginOptionsValidator : IValidateOptions<CrossOriginOptions>
{
    public ValidateOptionsResult Validate(string? name, CrossOriginOptions options)
    {
        var wrong = options.AllowedOrigins
            .Where(origin => !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin || !uri.Scheme.StartsWith("http", StringComparison.Ordinal))
            .Select(origin => $"{CrossOriginOptions.SectionName}:{nameof(options.AllowedOrigins)}: '{origin}' is no origin; write scheme and host, such as https://app.example.com.")
            .ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}

/// <summary>Registers cross-origin calls.</summary>
internal static class CrossOrigin
{
    /// <summary>Adds the policy that <see cref="CrossOriginOptions"/> describe.</summary>
    public static IServiceCollection AddCrossOrigin(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CrossOriginOptions>().Bind(configuration.GetSection(CrossOriginOptions.SectionName)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CrossOriginOptions>, CrossOriginOptionsValidator>();
        services.AddCors();
        services.AddOptions<Microsoft.AspNetCore.Cors.Infrastructure.CorsOptions>().Configure<IOptions<CrossOriginOptions>>((cors, options) =>
            cors.AddDefaultPolicy(policy => policy
                .WithOrigins([.. options.Value.AllowedOrigins]).AllowAnyMethod().AllowAnyHeader().WithExposedHeaders("Location", "ETag", "Content-Disposition", ExportEndpoints.ExportedPairs, ExportEndpoints.ExcludedPairs)));
        return services;
    }
}
