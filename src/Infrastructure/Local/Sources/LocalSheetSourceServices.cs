using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Configuration;
using Mirion.Generation.Infrastructure.Local.Sources.Tables;
using Mirion.Generation.Infrastructure.Local.Sources.Volumes;
using Mirion.Generation.Infrastructure.Sources;

namespace Mirion.Generation.Infrastructure.Local.Sources;

/// <summary>Registers the source data of an embedded workspace.</summary>
internal static class LocalSheetSourceServices
{
    /// <summary>Adds <see cref="ISheetSource"/>.</summary>
    public static IServiceCollection AddLocalSheetSource(this IServiceCollection services) => services
        .AddSingleton<SourceDatabase>()
        .AddSingleton<TableShapes>()
        .AddSingleton<TableItems>()
        .AddSingleton<VolumeItems>()
        .AddKeyedSingleton<ISheetSource>(WorkspaceProvider.Local, (provider, _) =>
            new WorkspaceSheetSource(provider.GetRequiredService<TableItems>(), provider.GetRequiredService<VolumeItems>()));
}
