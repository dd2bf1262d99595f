using Mirion.Generation.Cli.Configuration;

namespace Mirion.Generation.Cli.IntegrationTests.Configuration;

[NonParallelizable]
public sealed class CliConfigurationTests
{
    private const string Variable = "Generation__FlushSeconds";
    private DirectoryInfo _binary = null!;
    private DirectoryInfo _current = null!;

    [SetUp]
    public void SetUp() => (_binary, _current) = (Directory.CreateTempSubdirectory(), Directory.CreateTempSubdirectory());

    [TearDown]
    public void TearDown()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        _binary.Delete(recursive: true);
        _current.Delete(recursive: true);
    }

    [TestCase(true, true, true, true, "line")]
    [TestCase(true, true, true, false, "environment")]
    [TestCase(true, true, false, false, "current")]
    [TestCase(true, false, false, false, "binary")]
    [TestCase(false, false, false, false, null)]
    public void Build_WhenSeveralSourcesSayIt_TakesTheStrongest(bool binary, bool current, bool environment, bool line, string? expected)
    {
        if (binary) Write(_binary, "binary");
        if (current) Write(_current, "current");
        if (environment) Environment.SetEnvironmentVariable(Variable, "environment");
        string[] args = line ? ["--Generation:FlushSeconds=line"] : [];

        var configuration = CliConfiguration.Build(_binary.FullName, _current.FullName, ConfigurationOverrides.Split(args).Value);

        Assert.That(configuration["Generation:FlushSeconds"], Is.EqualTo(expected));
    }

    private static void Write(DirectoryInfo folder, string value) =>
        File.WriteAllText(Path.Combine(folder.FullName, "appsettings.json"), $$"""{ "Generation": { "FlushSeconds": "{{value}}" } }""");
}
