using FluentValidation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mirion.Generation.Infrastructure.Configuration;

/// <summary>Options that stop the host at start when they are wrong.</summary>
internal static class CheckedOptions
{
    /// <summary>Adds options read from <paramref name="section"/> and checked by <typeparamref name="TValidator"/>; all faults are reported at once.</summary>
    /// <param name="services">Where to add them.</param>
    /// <param name="section">Where they stand.</param>
    /// <param name="others">Sections within that other options are read from.</param>
    public static IServiceCollection AddCheckedOptions<TOptions, TValidator>(
        this IServiceCollection services, IConfigurationSection section, params IReadOnlyList<string> others)
        where TOptions : class
        where TValidator : IValidator<TOptions>, new()
        => services.AddReadOptions<TOptions>(section, others).AddSingleton<IValidateOptions<TOptions>>(new FluentOptionsValidation<TOptions>(new TValidator(), section.Path));

    /// <summary>Adds options as above that need to be right only while <paramref name="areUsed"/>.</summary>
    public static IServiceCollection AddCheckedOptions<TOptions, TValidator>(this IServiceCollection services, IConfigurationSection section, Func<bool> areUsed)
        where TOptions : class
        where TValidator : IValidator<TOptions>, new()
        => services.AddReadOptions<TOptions>(section).AddSingleton<IValidateOptions<TOptions>>(new FluentOptionsValidation<TOptions>(new TValidator(), section.Path, areUsed));

    /// <summary>Adds options that are right when every setting is one of them and can be read.</summary>
    public static IServiceCollection AddReadOptions<TOptions>(this IServiceCollection services, IConfigurationSection section, params IReadOnlyList<string> others)
        where TOptions : class
    {
        var reader = new SectionReader<TOptions>(section, others);
        services.AddOptions<TOptions>().ValidateOnStart();
        return services.AddSingleton<IConfigureOptions<TOptions>>(reader).AddSingleton<IValidateOptions<TOptions>>(reader);
    }
}
