using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Infrastructure.Sql;

/// <summary>Registers the repositories over the <see cref="ISqlSession"/> that a workspace brings.</summary>
internal static class SqlServices
{
    /// <summary>Adds the repositories and the schema upgrades.</summary>
    public static IServiceCollection AddSqlRepositories(this IServiceCollection services) => services
        .AddSingleton(provider => new SchemaUpgrades(provider.GetRequiredService<ISqlSession>(), provider.GetRequiredService<TimeProvider>(), SchemaUpgrades.Steps))
        .AddSingleton<ISheetRepository, SqlSheetRepository>()
        .AddSingleton<IPromptTemplateRepository, SqlPromptTemplateRepository>()
        .AddSingleton<LabelWrites>()
        .AddSingleton<IPairReviewRepository, SqlPairReviewRepository>()
        .AddSingleton<ICanonicalLabelRepository, SqlCanonicalLabelRepository>()
        .AddSingleton<ITrainingSheetRepository, SqlTrainingSheetRepository>()
        .AddSingleton<IQAPairRepository, SqlQAPairRepository>();
}
