using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Infrastructure.Configuration;
using Mirion.Generation.Infrastructure.Local.Jobs;
using Mirion.Generation.Infrastructure.Local.Journal;
using Mirion.Generation.Infrastructure.Local.Sample;
using Mirion.Generation.Infrastructure.Local.Sources;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Local;

/// <summary>Registers the embedded workspace.</summary>
internal static class LocalServices
{
    /// <summary>Adds the workspace, its store and its job launcher.</summary>
    public static IServiceCollection AddLocalWorkspace(this IServiceCollection services, IConfiguration configuration) => services
        .AddCheckedOptions<LocalOptions, LocalOptionsValidator>(configuration.GetSection(LocalOptions.SectionName))
        .AddSingleton<DuckDbDatabase>()
        .AddKeyedSingleton<ISqlSession, DuckDbSqlSession>(WorkspaceProvider.Local)
        .AddKeyedSingleton<IWorkspace, LocalWorkspace>(WorkspaceProvider.Local)
        .AddSingleton(provider => provider.GetRequiredService<DuckDbDatabase>().Folder)
        .AddSingleton(SampleFolder.Shipped)
        .AddSingleton<ISampleSeeder, SampleSeeder>()
        .AddKeyedSingleton<IAnswerJournal, FileAnswerJournal>(WorkspaceProvider.Local)
        .AddSingleton<GenerationQueue>()
        .AddKeyedSingleton<IJobLauncher, BackgroundJobLauncher>(WorkspaceProvider.Local)
        .AddLocalSheetSource();
}
