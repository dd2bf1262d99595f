using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Api.Hosting;
using Mirion.Generation.Cli;
using Mirion.Generation.Cli.Output;
using Mirion.Generation.Infrastructure;

namespace Mirion.Generation.Architecture.Tests;

/// <summary>Each host, put together as it puts itself together, has everything that its use cases ask for.</summary>
[TestFixture("Api", null)]
[TestFixture("Api", "http://127.0.0.1:9/v1")]
[TestFixture("Cli", null)]
[TestFixture("Cli", "http://127.0.0.1:9/v1")]
public sealed class CompositionTests(string host, string? modelEndpoint)
{
    private readonly string _workspace = Path.Combine(Path.GetTempPath(), $"mirion-composition-{Guid.NewGuid()}");
    private IAsyncDisposable _host = null!;
    private AsyncServiceScope _scope;

    private IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Workspace:Local:Path"] = _workspace,
        ["Workspace:Local:SeedSample"] = "false",
        ["FoundationModel:BaseUrl"] = modelEndpoint ?? string.Empty,
    };

    [OneTimeSetUp]
    public async Task ComposeAsync()
    {
        (_host, var services) = host == "Api" ? ComposeApi() : await ComposeCliAsync();
        _scope = services.CreateAsyncScope();
    }

    [OneTimeTearDown]
    public async Task DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _host.DisposeAsync();
        if (Directory.Exists(_workspace)) Directory.Delete(_workspace, recursive: true);
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
        var cli = new CliApplication(
            new CliOutput(TextWriter.Null, TextWriter.Null), (services, configuration) => composed = services.AddInfrastructure(configuration));
        var exitCode = await cli.RunAsync(["migrate", .. Settings.Select(setting => $"--{setting.Key}={setting.Value}")], CancellationToken.None);
        Assert.That(exitCode, Is.Zero);
        var provider = composed!.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        return (provider, provider);
    }
}
