using AutoMapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Api.Mapping;

namespace Mirion.Generation.Api.IntegrationTests;

internal sealed class MappingTests
{
    [Test]
    public void ReadModels_WhenConfigured_HaveASourceForEveryMember()
    {
        using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddReadModels()
            .BuildServiceProvider();

        services.GetRequiredService<IMapper>().ConfigurationProvider.AssertConfigurationIsValid();
    }
}
