using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mirion.Generation.Infrastructure.Databricks;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks;

[TestFixture]
public sealed class DatabricksOptionsTests
{
    private const string Section = "Workspace:Databricks:";
    private static readonly Uri Address = new("https://adb-1.azuredatabricks.net");
    private static readonly (string Key, string? Value) Token = ($"{Section}Token", "dapi-SECRET");

    [Test]
    public async Task Options_WhenAllThatIsNeededIsSet_AreRight()
    {
        await using var host = DatabricksHost.At(Address, clock: null, Token);

        host.Get<IStartupValidator>().Validate();
        Assert.That(Read(host).StatementTimeoutSeconds, Is.EqualTo(900));
    }

    [TestCase("adb-1.azuredatabricks.net")]
    [TestCase("https://adb-1.azuredatabricks.net/")]
    [TestCase("https://adb-1.azuredatabricks.net:443/browse?o=1")]
    [TestCase(" adb-1.azuredatabricks.net ")]
    public async Task Host_HoweverPeopleWriteIt_IsTheAddress(string host)
    {
        await using var services = DatabricksHost.At(Address, clock: null, Token, ($"{Section}Host", host));

        Assert.That(Read(services).Address, Is.EqualTo(Address));
    }

    [TestCase("Host", "http://adb-1.azuredatabricks.net", Description = "a token sent in clear is a token lost")]
    [TestCase("Host", "https://user:SECRET@adb-1.azuredatabricks.net")]
    [TestCase("Host", "ftp://SECRET")]
    [TestCase("Host", "")]
    [TestCase("WarehouseId", "")]
    [TestCase("Token", "")]
    [TestCase("Token", "dapi SECRET")]
    [TestCase("Catalog", "")]
    [TestCase("Schema", null)]
    [TestCase("StagingVolume", null)]
    [TestCase("StagingVolume", "/Volumes/SECRET")]
    [TestCase("JobId", "0")]
    [TestCase("JobId", "SECRET")]
    [TestCase("StatementTimeoutSeconds", "1")]
    [TestCase("Warehouse", "SECRET")]
    public async Task Options_WhenASettingIsWrongOrMissing_AreRefusedNamingItsKeyButNotItsValue(string key, string? value)
    {
        await using var host = DatabricksHost.At(Address, clock: null, Token, ($"{Section}{key}", value));

        var thrown = Assert.Throws<OptionsValidationException>(host.Get<IStartupValidator>().Validate)!;

        Assert.That(thrown.Failures.Single(), Does.StartWith($"{Section}{key} ").And.Not.Contain("SECRET"));
    }

    [TestCase("ClientId", "c", "ClientSecret")]
    [TestCase("ClientSecret", "s", "ClientId")]
    public async Task Options_WhenAServicePrincipalIsHalfNamed_AskForTheOtherHalf(string key, string value, string missing)
    {
        await using var host = DatabricksHost.At(Address, clock: null, ($"{Section}{key}", value));

        Assert.That(host.Get<IStartupValidator>().Validate, Throws.TypeOf<OptionsValidationException>().With.Message.StartsWith($"{Section}{missing} "));
    }

    [Test]
    public async Task Options_WhenThereAreTwoWaysToSignIn_AskForOne()
    {
        await using var host = DatabricksHost.At(Address, clock: null, Token, ($"{Section}ClientId", "c"), ($"{Section}ClientSecret", "SECRET"));

        Assert.That(host.Get<IStartupValidator>().Validate, Throws.TypeOf<OptionsValidationException>().With.Message.Contains("one way to sign in").And.Message.Not.Contains("SECRET"));
    }

    [Test]
    public async Task Options_WhenNothingIsSet_NameEveryFaultAtOnce()
    {
        await using var host = DatabricksHost.At(
            Address, clock: null, ($"{Section}Host", null), ($"{Section}WarehouseId", null), ($"{Section}Catalog", null), ($"{Section}Schema", null), ($"{Section}StagingVolume", null));

        var thrown = Assert.Throws<OptionsValidationException>(host.Get<IStartupValidator>().Validate)!;

        Assert.That(
            thrown.Failures.Select(fault => fault.Split(' ')[0]),
            Is.EquivalentTo(new[] { $"{Section}Host", $"{Section}WarehouseId", $"{Section}Token", $"{Section}Catalog", $"{Section}Schema", $"{Section}StagingVolume" }));
    }

    [Test]
    public async Task Options_WhenTheWorkspaceIsLocal_NeedNotBeThere()
    {
        await using var host = DatabricksHost.At(Address, clock: null, ("Workspace:Provider", "Local"), ($"{Section}Host", null));

        Assert.That(host.Get<IStartupValidator>().Validate, Throws.Nothing);
    }

    [Test]
    public async Task Options_WhenTheStandardVariablesAreSet_AreReadFromThem()
    {
        await using var host = DatabricksHost.At(
            Address, clock: null, ($"{Section}Host", null), ($"{Section}WarehouseId", ""), ("DATABRICKS_HOST", "adb-2.azuredatabricks.net"), ("DATABRICKS_WAREHOUSE_ID", " w2 "),
            ("DATABRICKS_CLIENT_ID", "c2"), ("DATABRICKS_CLIENT_SECRET", "s2"));

        host.Get<IStartupValidator>().Validate();
        var options = Read(host);
        Assert.That((options.Address.Host, options.WarehouseId, options.ClientId, options.ClientSecret), Is.EqualTo(("adb-2.azuredatabricks.net", "w2", "c2", "s2")));
    }

    [Test]
    public async Task Options_WhenSettingsAndVariablesDiffer_FollowTheSettings()
    {
        await using var host = DatabricksHost.At(Address, clock: null, Token, ("DATABRICKS_HOST", "adb-2.azuredatabricks.net"), ("DATABRICKS_TOKEN", "other"));

        Assert.That((Read(host).Address, Read(host).Token), Is.EqualTo((Address, "dapi-SECRET")));
    }

    private static DatabricksOptions Read(DatabricksHost host) => host.Services.GetRequiredService<IOptions<DatabricksOptions>>().Value;
}
