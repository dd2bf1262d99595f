using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Api.Hosting;
using Mirion.Generation.Cli;
using Mirion.Generation.Cli.Output;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.Infrastructure;

namespace Mirion.Generation.Architecture.Tests;

/// <summary>Each host, put together as it puts itself together, has everything that its use cases ask for.</summary>
[TestFixture("Api", "Local", null)]
[TestFixture("Api", "Local", "http://127.0.0.1:9/v1")]
[TestFixture("Api", "Databricks", null)]
[TestFixture("Cli", "Local", null)]
[TestFixture("Cli", "Local", "http://127.0.0.1:9/v1")]
[TestFixture("Cli", "Databricks", null)]
public sealed class CompositionTests(string host, string workspace, string? modelEndpoint)
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"mirion-composition-{Guid.NewGuid()}");
    private FakeDatabricksWorkspace? _databricks;
    private IAsyncDisposable _host = null!;
    private AsyncServiceScope _scope;

    private Dictionary<string, string> Settings => _databricks is null
        ? new()
        {
            ["Workspace:Local:Path"] = _folder,
            ["Workspace:Local:SeedSample"] = "false",
            ["FoundationModel:BaseUrl"] = modelEndpoint ?? string.Empty,
        }
        : new(_databricks.Variables.ToDictionary(variable => variable.Key.Replace("__", ":", StringComparison.Ordinal), variable => variable.Value))
        {
            ["Workspace:Databricks:Host"] = _databricks.Host.ToString(),
            ["Workspace:Databricks:WarehouseId"] = _databricks.WarehouseId,
            ["Workspace:Databricks:Token"] = _databricks.Token,
        };

    [OneTimeSetUp]
    public async Task ComposeAsync()
    {
        if (workspace == "Databricks") _databricks = await FakeDatabricksWorkspace.StartAsync();
        if (_databricks is not null) await MigrateAsync((services, configuration) => services.AddInfrastructure(configuration));
        (_host, var services) = host == "Api" ? ComposeApi() : await ComposeCliAsync();
        _scope = services.CreateAsyncScope();
    }

    [OneTimeTearDown]
    public async Task DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _host.DisposeAsync();
        if (_databricks is not null) await _databricks.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void EveryRequest_WhenSent_FindsItsHandlerWithAllItNeeds() => Assert.Multiple(() =>
    {
        foreach (var (request, response) in Requests())
        {
            Assert.That(_scope.ServiceProvider.GetServices(typeof(IRequestHandler<,>).MakeGenericType(request, response)).Count(), Is.EqualTo(1), request.Name);
        }
    });

    [Test]
    public void EveryRequest_WhenSent_IsValidatedFirst()
    {
        var behaviors = Requests().Select(request => (request.Request, Behaviors: _scope.ServiceProvider.GetServices(typeof(IPipelineBehavior<,>).MakeGenericType(request.Request, request.Response))));

        Assert.That(behaviors.Where(request => !request.Behaviors.Any(behavior => behavior!.GetType().Name.StartsWith("ValidationBehavior", StringComparison.Ordinal))), Is.Empty);
    }

    [Test]
    public void EveryValidator_WhenItsRequestIsSent_IsFound() => Assert.Multiple(() =>
    {
        foreach (var validated in Code.Types(Code.Application).Where(type => type.BaseType is { IsGenericType: true } parent && parent.GetGenericTypeDefinition() == typeof(AbstractValidator<>)))
        {
            Assert.That(_scope.ServiceProvider.GetServices(typeof(IValidator<>).MakeGenericType(validated.BaseType!.GetGenericArguments())).Count(), Is.EqualTo(1), validated.Name);
        }
    });

    // What a port hands out to be disposed, such as an import, is no port.
    [Test]
    public void EveryPort_WhenAskedFor_HasOneAdapter() => Assert.Multiple(() =>
    {
        foreach (var port in Code.Types(Code.Application).Where(type => type is { IsInterface: true, Namespace: "Mirion.Generation.Application.Ports" } && !type.IsAssignableTo(typeof(IAsyncDisposable))))
        {
            Assert.That(_scope.ServiceProvider.GetServices(port).Count(), Is.EqualTo(1), port.Name);
        }
    });

    private static IEnumerable<(Type Request, Type Response)> Requests() =>
        from type in Code.Types(Code.Application)
        from contract in type.GetInterfaces()
        where contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequest<>)
        select (type, contract.GetGenericArguments()[0]);

    // Any type of the assembly stands for its entry point; Program could be the command line's.
    private (IAsyncDisposable Host, IServiceProvider Services) ComposeApi()
    {
        var factory = new WebApplicationFactory<CrossOriginOptions>().WithWebHostBuilder(builder =>
        {
            // In development the container checks itself: that everything can be made, and nothing outlives its scope.
            builder.UseEnvironment("Development");
            foreach (var (key, value) in Settings) builder.UseSetting(key, value);
        });
        return (factory, factory.Services);
    }

    private async Task<(IAsyncDisposable Host, IServiceProvider Services)> ComposeCliAsync()
    {
        IServiceCollection? composed = null;
        await MigrateAsync((services, configuration) => composed = services.AddInfrastructure(configuration));
        var provider = composed!.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        return (provider, provider);
    }

    private async Task MigrateAsync(AddAdapters addAdapters)
    {
        await using var messages = new StringWriter();
        var settings = Settings.Where(setting => setting.Key.Contains(':', StringComparison.Ordinal)).Select(setting => $"--{setting.Key}={setting.Value}");
        var exitCode = await new CliApplication(new CliOutput(TextWriter.Null, messages), addAdapters).RunAsync(["migrate", .. settings], CancellationToken.None);
        Assert.That(exitCode, Is.Zero, messages.ToString());
    }
}
