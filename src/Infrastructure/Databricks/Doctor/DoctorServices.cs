using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Infrastructure.Databricks.Http;

namespace Mirion.Generation.Infrastructure.Databricks.Doctor;

/// <summary>Registers what looks at a Databricks workspace.</summary>
internal static class DoctorServices
{
    public static IServiceCollection AddDatabricksDoctor(this IServiceCollection services) => services
        .AddDatabricksApi<ICurrentUserApi>(CurrentUserJson.Default)
        .AddSingleton<CredentialsExamination>()
        .AddSingleton<WarehouseExamination>()
        .AddSingleton<VolumeExamination>()
        .AddSingleton<TableExaminations>()
        .AddSingleton<ModelExamination>()
        .AddSingleton<JobExamination>()
        .AddSingleton<WorkspaceDoctor>();
}
