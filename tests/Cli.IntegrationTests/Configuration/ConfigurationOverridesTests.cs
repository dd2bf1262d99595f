using Mirion.Generation.Cli.Configuration;

namespace Mirion.Generation.Cli.IntegrationTests.Configuration;

public sealed class ConfigurationOverridesTests
{
    [Test]
    public void Split_WhenGivenWithEqualsOrASpace_TakesBothFormsAndLeavesTheRest()
    {
        var overrides = ConfigurationOverrides.Split(
            ["generate", "--Workspace:Local:Path=/tmp/a b", "--sheet", "s", "--FoundationModel:BaseUrl", "http://x/v1?a=b", "--json"]).Value;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(overrides.Values, Is.EqualTo(new KeyValuePair<string, string?>[]
            {
                new("Workspace:Local:Path", "/tmp/a b"), new("FoundationModel:BaseUrl", "http://x/v1?a=b"),
            }));
            Assert.That(overrides.Rest, Is.EqualTo(["generate", "--sheet", "s", "--json"]));
        }
    }

    [Test]
    public void Split_WhenTheValueHasAnEqualsSign_CutsAtTheFirst() =>
        Assert.That(ConfigurationOverrides.Split(["--FoundationModel:ApiKey=abc=="]).Value.Values, Is.EqualTo(new KeyValuePair<string, string?>[] { new("FoundationModel:ApiKey", "abc==") }));

    [Test]
    public void Split_WhenTheValueIsEmpty_TakesItAsSuch() =>
        Assert.That(ConfigurationOverrides.Split(["--FoundationModel:ApiKey="]).Value.Values, Is.EqualTo(new KeyValuePair<string, string?>[] { new("FoundationModel:ApiKey", "") }));

    [TestCase("--Workspce:Local:Path=x")]
    [TestCase("--sheet:s")]
    [TestCase("--name=a:b")]
    [TestCase("Workspace:Local:Path=x")]
    public void Split_WhenNoSectionBeginsIt_LeavesItToTheParser(string argument) =>
        Assert.That(ConfigurationOverrides.Split([argument]).Value.Rest, Is.EqualTo([argument]));

    [Test]
    public void Split_WhenSpelledInAnotherCase_TakesIt() =>
        Assert.That(ConfigurationOverrides.Split(["--workspace:local:path=x"]).Value.Values, Has.Count.EqualTo(1));

    [Test]
    public void Split_AfterADoubleDash_TakesNothing() =>
        Assert.That(ConfigurationOverrides.Split(["a", "--", "--Workspace:Provider=x"]).Value.Rest, Is.EqualTo(["a", "--", "--Workspace:Provider=x"]));

    [TestCase("--Workspace:Provider")]
    [TestCase("--Workspace:Provider", "--json")]
    public void Split_WhenTheValueIsMissing_NamesTheSetting(params string[] args)
    {
        var error = ConfigurationOverrides.Split(args).Error;

        Assert.That(error?.Message, Does.Contain("--Workspace:Provider"));
    }
}
