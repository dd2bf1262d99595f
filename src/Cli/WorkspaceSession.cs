using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Configuration;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Cli.Output;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Cli;

/// <summary>Adds adapters for the ports.</summary>
internal delegate IServiceCollection AddAdapters(IServiceCollection services, IConfiguration configuration);

/// <summary>Makes a workspace ready.</summary>
internal delegate Task<WorkspacePreparation> Preparing(IWorkspace workspace, CancellationToken cancellationToken);

/// <summary>The use cases over a workspace that is ready, for as long as a verb takes.</summary>
internal sealed class WorkspaceSession : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly AsyncServiceScope _scope;

    private WorkspaceSession(ServiceProvider services, WorkspacePreparation preparation)
    {
        (_services, Preparation) = (services, preparation);
        _scope = services.CreateAsyncScope();
        Mediator = _scope.ServiceProvider.GetRequiredService<IMediator>();
    }

    /// <summary>What opening found and did.</summary>
    public WorkspacePreparation Preparation { get; }

    /// <summary>The workspace itself.</summary>
    public IWorkspace Workspace => _services.GetRequiredService<IWorkspace>();

    /// <summary>The use cases.</summary>
    public IMediator Mediator { get; }

    /// <summary>Who this is.</summary>
    public string User => _services.GetRequiredService<ICurrentUser>().Name;

    /// <summary>The time.</summary>
    public TimeProvider Clock => _services.GetRequiredService<TimeProvider>();

    /// <summary>Checks the settings, all of them at once, and gets the workspace ready.</summary>
    /// <exception cref="OptionsValidationException">Settings are wrong or missing.</exception>
    /// <exception cref="UpstreamException">The workspace cannot be had.</exception>
    public static async Task<WorkspaceSession> OpenAsync(IConfiguration configuration, AddAdapters addAdapters, CliOutput output, Preparing prepare, CancellationToken cancellationToken)
    {
        var services = Compose(configuration, addAdapters, output);
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
            foreach (var started in services.GetServices<IHostedService>()) await started.StartAsync(cancellationToken);
            return new WorkspaceSession(services, await prepare(services.GetRequiredService<IWorkspace>(), cancellationToken));
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>Has a use case carried out.</summary>
    public Task<Result<T>> SendAsync<T>(IRequest<Result<T>> request, CancellationToken cancellationToken)
        where T : notnull => Mediator.Send(request, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        foreach (var started in _services.GetServices<IHostedService>().Reverse()) await started.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    // No generic host: a verb runs once and stops, and the host's own start-up would be most of what a person waits for.
    private static ServiceProvider Compose(IConfiguration configuration, AddAdapters addAdapters, CliOutput output)
    {
        var services = new ServiceCollection();
        services.AddSingleton(configuration);
        services.AddLogging(logging => logging
            .SetMinimumLevel(LogLevel.Warning)
            .AddConfiguration(configuration.GetSection("Logging"))
            .AddProvider(new CliLoggerProvider(output)));
        services.AddSingleton<ICurrentUser, CliCurrentUser>();
        services.AddApplication();
        addAdapters(services, configuration);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }
}
