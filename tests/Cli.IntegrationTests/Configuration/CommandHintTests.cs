using Mirion.Generation.Cli.Configuration;

namespace Mirion.Generation.Cli.IntegrationTests.Configuration;

public sealed class CommandHintTests
{
    [Test]
    public void Command_WhenSettingsWereGiven_RepeatsThemSoThatItCanBePasted() =>
        Assert.That(Hint("--Workspace:Local:Path=/tmp/it's here", "--Generation:PageSize=5").Command("run --training-sheet-id x"), Is.EqualTo(
            """mirion-generate run --training-sheet-id x '--Workspace:Local:Path=/tmp/it'\''s here' --Generation:PageSize=5"""));

    [TestCase("FoundationModel:ApiKey")]
    [TestCase("Workspace:Databricks:Token")]
    [TestCase("Workspace:Databricks:ClientSecret")]
    public void Command_WhenASettingIsASecret_DoesNotTellIt(string key) =>
        Assert.That(Hint($"--{key}=hush").Command("run"), Is.EqualTo($"mirion-generate run --{key}=..."));

    private static CommandHint Hint(params string[] args) => new("mirion-generate", ConfigurationOverrides.Split(args).Value);
}
