using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Mirion.Generation.Infrastructure.Configuration;

/// <summary>
/// Reads options setting by setting. The framework's binder throws at the first text that does not convert and passes over settings it does not
/// know; a person should hear of every mistake at once. No message repeats a value, which may be a secret.
/// </summary>
/// <typeparam name="TOptions">The options; their public properties are the settings.</typeparam>
/// <param name="section">Where they stand.</param>
/// <param name="others">Sections within that other options are read from.</param>
internal sealed class SectionReader<TOptions>(IConfigurationSection section, params IReadOnlyList<string> others)
    : IConfigureOptions<TOptions>, IValidateOptions<TOptions>
    where TOptions : class
{
    private static readonly PropertyInfo[] Settings = [.. typeof(TOptions).GetProperties().Where(property => property.CanWrite)];

    public void Configure(TOptions options)
    {
        foreach (var setting in Settings)
        {
            if (Text(setting) is { } text && TryConvert(text, setting, out var value)) setting.SetValue(options, value);
        }
    }

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        string[] faults = [.. Unreadable(), .. Unknown()];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool TryConvert(string text, PropertyInfo setting, out object? value)
    {
        var type = Nullable.GetUnderlyingType(setting.PropertyType) ?? setting.PropertyType;
        value = null;
        // An enumeration takes numbers too, but no one knows them by those.
        if (type.IsEnum) return !char.IsDigit(text[0]) && Enum.TryParse(type, text, ignoreCase: true, out value) && Enum.IsDefined(type, value!);
        try
        {
            value = TypeDescriptor.GetConverter(type).ConvertFromString(null, CultureInfo.InvariantCulture, text);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Wanted(PropertyInfo setting)
    {
        var type = Nullable.GetUnderlyingType(setting.PropertyType) ?? setting.PropertyType;
        if (type.IsEnum) return $"must be one of {string.Join(", ", Enum.GetNames(type))}.";
        return type == typeof(bool) ? "must be true or false." : "must be a number.";
    }

    // An empty environment variable is how a container file says "not set".
    private string? Text(PropertyInfo setting) => string.IsNullOrWhiteSpace(section[setting.Name]) ? null : section[setting.Name]!.Trim();

    private IEnumerable<string> Unreadable() => Settings
        .Where(setting => Text(setting) is { } text && !TryConvert(text, setting, out _))
        .Select(setting => $"{section.Path}:{setting.Name} {Wanted(setting)}");

    private IEnumerable<string> Unknown() => section.GetChildren()
        .Select(child => child.Key)
        .Except(Settings.Select(setting => setting.Name).Concat(others), StringComparer.OrdinalIgnoreCase)
        .Select(key => $"{section.Path}:{key} is no setting; the settings are {string.Join(", ", Settings.Select(setting => setting.Name).Concat(others))}.");
}
