using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Mirion.Generation.Application.Common;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Generation.Calls;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Application.QAPairs.Review;
using Mirion.Generation.Application.TrainingSheets.JobRuns;
using Mirion.Generation.Application.TrainingSheets.Resume;
using Mirion.Generation.Application.TrainingSheets.Watch;

namespace Mirion.Generation.Application;

/// <summary>Registers the use cases.</summary>
public static class ApplicationServices
{
    /// <summary>
    /// Adds every use case behind <see cref="IMediator"/>. The host adds adapters for the ports, an <see cref="Ports.ICurrentUser"/>, and resolves
    /// <see cref="IMediator"/> within a scope.
    /// </summary>
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<IMediator, Mediator>();
        services.AddTransient<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.Scan(scan => scan.FromAssemblies(typeof(ApplicationServices).Assembly)
            .AddClasses(classes => classes.AssignableTo(typeof(IRequestHandler<,>)), publicOnly: false)
            .AsImplementedInterfaces()
            .WithTransientLifetime());
        services.AddModelCalls();
        services.TryAddSingleton<IAnswerJournal, NoAnswerJournal>();
        services.AddSingleton<RunningGenerations>();
        services.AddTransient<GenerationCheck>();
        services.AddTransient<GenerationPipeline>();
        services.AddTransient<GenerationRunner>();
        services.AddTransient<Resumption>();
        services.AddTransient<PairReviewer>();
        services.AddTransient<JobLaunch>();
        services.AddTransient<EndedJobRuns>();
        services.AddTransient<LostRuns>();
        services.AddSingleton<SheetWatches>();
        services.AddValidatorsFromAssembly(typeof(ApplicationServices).Assembly, includeInternalTypes: true);
        return services;
    }
}
