using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Ports;

namespace Mirion.Generation.Simulation.Tests;

/// <summary>
/// The application's own registrations, over simulated ports. What is one of a process becomes one of a scope, so that a process is a scope: begun in microseconds, and
/// thrown away whole when it is killed.
/// </summary>
internal static class Processes
{
    private static readonly ServiceProvider Provider = Build();

    /// <summary>Begins a process over these ports.</summary>
    public static IServiceProvider Begin(ProcessPorts ports)
    {
        var services = Provider.CreateScope().ServiceProvider;
        services.GetRequiredService<Holder>().Ports = ports;
        return services;
    }

    private static ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddApplication();
        foreach (var service in services.Where(service => service.Lifetime is ServiceLifetime.Singleton && service.ImplementationType is not null).ToList())
        {
            services.Remove(service);
            ((ICollection<ServiceDescriptor>)services).Add(new ServiceDescriptor(service.ServiceType, service.ImplementationType!, ServiceLifetime.Scoped));
        }

        services.AddScoped<Holder>();
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        Add(ports => ports.Clock);
        Add(ports => ports.Chance);
        Add(ports => Options.Create(ports.Generation));
        Add(ports => Options.Create(ports.Calls));
        Add(ports => ports.Sheets);
        Add(ports => ports.Templates);
        Add(ports => ports.Source);
        Add(ports => ports.Labels);
        Add(ports => ports.TrainingSheets);
        Add(ports => ports.Pairs);
        Add(ports => ports.Journal);
        Add(ports => ports.Model);
        Add(ports => ports.User);
        services.AddSingleton<IJobLauncher, NoJobs>();
        return services.BuildServiceProvider();

        void Add<T>(Func<ProcessPorts, T> port) where T : class => services.AddScoped(provider => port(provider.GetRequiredService<Holder>().Ports));
    }

    private sealed class Holder
    {
        public ProcessPorts Ports { get; set; } = null!;
    }

    private sealed class NoJobs : IJobLauncher
    {
        public Task<string> LaunchAsync(Domain.TrainingSheets.TrainingSheetId id, string? after, CancellationToken cancellationToken) => throw None();

        public Task<JobRun?> FindAsync(string jobRunId, CancellationToken cancellationToken) => throw None();

        public Task CancelAsync(string jobRunId, CancellationToken cancellationToken) => throw None();

        private static NotSupportedException None() => new("No simulated run is a job's.");
    }
}

/// <summary>What a process is given from outside.</summary>
internal sealed record ProcessPorts
{
    public required TimeProvider Clock { get; init; }

    public required Random Chance { get; init; }

    public required GenerationOptions Generation { get; init; }

    public required ModelCallOptions Calls { get; init; }

    public required ISheetRepository Sheets { get; init; }

    public required IPromptTemplateRepository Templates { get; init; }

    public required ISheetSource Source { get; init; }

    public required ICanonicalLabelRepository Labels { get; init; }

    public required ITrainingSheetRepository TrainingSheets { get; init; }

    public required IQAPairRepository Pairs { get; init; }

    public required IAnswerJournal Journal { get; init; }

    public required IFoundationModel Model { get; init; }

    public required ICurrentUser User { get; init; }
}
