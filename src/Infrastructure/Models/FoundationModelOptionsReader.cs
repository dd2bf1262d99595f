using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Mirion.Generation.Infrastructure.Models;

/// <summary>
/// Reads the options key by key. The framework's binder throws at the first text that is no number and passes over keys it does not
/// know; a person should hear of every mistake at once, and a misspelt <c>BaseUrl</c> must not quietly choose the embedded model.
/// </summary>
internal sealed class FoundationModelOptionsReader(IConfiguration section) : IConfigureOptions<FoundationModelOptions>
{
    private static readonly string[] Keys =
    [
        nameof(FoundationModelOptions.Provider), nameof(FoundationModelOptions.BaseUrl), nameof(FoundationModelOptions.ApiKey),
        nameof(FoundationModelOptions.MaxConcurrency), nameof(FoundationModelOptions.RequestsPerMinute), nameof(FoundationModelOptions.TokensPerMinute),
        nameof(FoundationModelOptions.TimeoutSeconds), nameof(FoundationModelOptions.MaxAttempts),
    ];

    public void Configure(FoundationModelOptions options)
    {
        options.Provider = Provider(options);
        options.BaseUrl = Text(nameof(options.BaseUrl));
        options.ApiKey = Text(nameof(options.ApiKey));
        options.MaxConcurrency = Number(options, nameof(options.MaxConcurrency)) ?? options.MaxConcurrency;
        options.RequestsPerMinute = Number(options, nameof(options.RequestsPerMinute));
        options.TokensPerMinute = Number(options, nameof(options.TokensPerMinute));
        options.TimeoutSeconds = Number(options, nameof(options.TimeoutSeconds)) ?? options.TimeoutSeconds;
        options.MaxAttempts = Number(options, nameof(options.MaxAttempts)) ?? options.MaxAttempts;
        foreach (var unknown in section.GetChildren().Select(child => child.Key).Except(Keys, StringComparer.OrdinalIgnoreCase))
            options.Unreadable.Add($"{FoundationModelOptions.SectionName}:{unknown} is not a setting; the settings are {string.Join(", ", Keys)}.");
    }

    // An empty environment variable is how a container file says "not set".
    private string? Text(string key) => string.IsNullOrWhiteSpace(section[key]) ? null : section[key]!.Trim();

    private int? Number(FoundationModelOptions options, string key)
    {
        if (Text(key) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        options.Unreadable.Add($"{FoundationModelOptions.SectionName}:{key} must be a whole number.");
        return null;
    }

    private FoundationModelProvider? Provider(FoundationModelOptions options)
    {
        if (Text(nameof(options.Provider)) is not { } text) return null;
        foreach (var provider in Enum.GetValues<FoundationModelProvider>())
        {
            if (string.Equals(provider.ToString(), text, StringComparison.OrdinalIgnoreCase)) return provider;
        }

        options.Unreadable.Add($"{FoundationModelOptions.SectionName}:{nameof(options.Provider)} must be one of {string.Join(", ", Enum.GetNames<FoundationModelProvider>())}.");
        return null;
    }
}
