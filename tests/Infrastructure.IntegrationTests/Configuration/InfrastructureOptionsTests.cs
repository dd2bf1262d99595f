using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mirion.Generation.Infrastructure.Configuration;
using Mirion.Generation.Infrastructure.Local;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Configuration;

[TestFixture]
public sealed class InfrastructureOptionsTests
{
    [Test]
    public void Options_WhenNothingIsSet_AreTheDefaults()
    {
        using var services = With();

        services.GetRequiredService<IStartupValidator>().Validate();
        Assert.That(services.GetRequiredService<IOptions<WorkspaceOptions>>().Value.Provider, Is.EqualTo(WorkspaceProvider.Local));
        var local = services.GetRequiredService<IOptions<LocalOptions>>().Value;
        Assert.That((local.Path, local.SeedSample), Is.EqualTo((".workspace", true)));
    }

    [Test]
    public void Options_WhenSet_AreRead()
    {
        using var services = With(("Workspace:Provider", "local"), ("Workspace:Local:Path", " /data/w "), ("Workspace:Local:SeedSample", "False"), ("Workspace:Databricks:Host", "ignored"));

        services.GetRequiredService<IStartupValidator>().Validate();
        var local = services.GetRequiredService<IOptions<LocalOptions>>().Value;
        Assert.That((local.Path, local.SeedSample), Is.EqualTo(("/data/w", false)));
    }

    [Test]
    public void Options_WhenEmpty_AreTheDefaults()
    {
        using var services = With(("Workspace:Provider", ""), ("Workspace:Local:Path", " "), ("Workspace:Local:SeedSample", ""));

        services.GetRequiredService<IStartupValidator>().Validate();
        Assert.That(services.GetRequiredService<IOptions<LocalOptions>>().Value.Path, Is.EqualTo(".workspace"));
    }

    [TestCase("Workspace:Provider", "SECRET", "must be one of Local, Databricks")]
    [TestCase("Workspace:Provider", "0", "must be one of Local, Databricks")]
    [TestCase("Workspace:Local:SeedSample", "SECRET", "must be true or false")]
    [TestCase("Workspace:Local:Paht", "SECRET", "is no setting; the settings are Path, SeedSample")]
    [TestCase("Workspace:Locale:Path", "SECRET", "is no setting; the settings are Provider, Local, Databricks", "Workspace:Locale")]
    [TestCase("Workspace:Local:Path", "SECRET\0", "must be the path of a folder")]
    public void Options_WhenASettingIsWrong_NameItsKeyButNotItsValue(string key, string value, string fault, string? named = null)
    {
        using var services = With((key, value));

        var thrown = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate)!;

        Assert.That(thrown.Failures.Single(), Does.StartWith($"{named ?? key} ").And.Contain(fault).And.Not.Contain("SECRET"));
    }

    [Test]
    public void Options_WhenSeveralSettingsAreWrong_NamesThemAllAtOnce()
    {
        using var services = With(("Workspace:Local:SeedSample", "x"), ("Workspace:Local:Path", "\0"), ("Workspace:Local:Else", "y"));

        var thrown = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate)!;

        Assert.That(thrown.Failures.Select(fault => fault.Split(' ')[0]), Is.EquivalentTo(new[] { "Workspace:Local:SeedSample", "Workspace:Local:Path", "Workspace:Local:Else" }));
    }

    private static ServiceProvider With(params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddLogging()
        .AddInfrastructure(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build())
        .BuildServiceProvider();
}
