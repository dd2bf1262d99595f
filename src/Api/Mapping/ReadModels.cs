using AutoMapper;
using Mirion.Generation.Api.Contracts;
using Mirion.Generation.Application.Common;

namespace Mirion.Generation.Api.Mapping;

/// <summary>The one place of AutoMapper: from the domain to the wide read models of the API.</summary>
internal static class ReadModels
{
    /// <summary>Adds <see cref="IMapper"/>. The licence key, where there is one, is <c>AutoMapper:LicenseKey</c>.</summary>
    public static IServiceCollection AddReadModels(this IServiceCollection services) => services.AddAutoMapper(
        (provider, mapping) => mapping.LicenseKey = provider.GetRequiredService<IConfiguration>()["AutoMapper:LicenseKey"],
        typeof(ReadModels).Assembly);

    /// <summary>A page of the domain as a part of a list.</summary>
    public static ListResponse<TResponse> MapPage<T, TResponse>(this IMapper mapper, Page<T> page) =>
        new(mapper.Map<IReadOnlyList<TResponse>>(page.Items), Cursor.Encode(page.Next));
}
