using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Application.Generation;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Cli.IntegrationTests.Hosting;

namespace Mirion.Generation.Cli.IntegrationTests;

public sealed class CommandLineTests
{
    private InMemoryHost _host = null!;

    [SetUp]
    public void SetUp() => _host = new InMemoryHost();

    [TearDown]
    public void TearDown() => _host.Dispose();

    [TestCase("--help")]
    [TestCase("generate", "--help")]
    public async Task Help_WhenAskedFor_GoesToStandardOutput(params string[] args)
    {
        var run = await _host.RunAsync(args);

        Assert.That((run.ExitCode, run.Errors, run.Output.Contains("Usage:", StringComparison.Ordinal)), Is.EqualTo((0, "", true)));
    }

    [TestCase("'bogus'", "bogus")]
    [TestCase("'--bogus'", "migrate", "--bogus")]
    [TestCase("--template", "generate", "--sheet", "s")]
    [TestCase("--limit", "generate", "--sheet", "s", "--template", "t", "--limit", "many")]
    [TestCase("--sheet", "generate", "--sheet", "a b", "--template", "t")]
    [TestCase("--labeling-mode", "generate", "--sheet", "s", "--template", "t", "--labeling-mode", "magic")]
    [TestCase("--Workspce:Provider=Local", "migrate", "--Workspce:Provider=Local")]
    [TestCase("Required", "")]
    public async Task Arguments_WhenWrong_ExitWithTwoAndUsageOnStandardError(string named, params string[] args)
    {
        var run = await _host.RunAsync([.. args.Where(argument => argument.Length > 0)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Errors, Does.StartWith("error bad_arguments: ").And.Contain(named).And.Contain("Usage:"));
            Assert.That(run.Output, Is.Empty);
            Assert.That(_host.Workspace.Preparations, Is.Zero);
        }
    }

    [Test]
    public async Task Arguments_WhenWrongWithJson_AreToldAsOneLineOfJson()
    {
        var run = await _host.RunAsync("generate", "--sheet", "s", "--json");

        Assert.That(JsonDocument.Parse(run.Errors).RootElement.GetProperty("code").GetString(), Is.EqualTo("bad_arguments"));
    }

    [Test]
    public async Task Settings_WhenSeveralAreWrong_AreAllToldByTheirKeys()
    {
        _host.Configure = (services, _) =>
        {
            services.AddOptions<GenerationOptions>().Validate(_ => false, "Generation:AsyncThreshold must be positive.").ValidateOnStart();
            services.AddOptions<Settings>().Validate(_ => false, "Workspace:Provider is no provider.").ValidateOnStart();
        };

        var run = await _host.RunAsync("migrate");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.ErrorLines, Is.EqualTo(["error settings_invalid: 2 faults", "Generation:AsyncThreshold: must be positive.", "Workspace:Provider: is no provider."]));
            Assert.That(_host.Workspace.Preparations, Is.Zero);
        }
    }

    [Test]
    public async Task Settings_WhenOneHasNoValue_AreRefused() =>
        Assert.That((await _host.RunAsync("migrate", "--Workspace:Provider")).Errors, Does.StartWith("error bad_arguments: ").And.Contain("--Workspace:Provider"));

    [Test]
    public async Task Workspace_WhenAnotherProcessHasIt_ExitsWithThree()
    {
        _host.Workspace.Failure = new UpstreamException("workspace_in_use", "Another process has it open.");

        var run = await _host.RunAsync("migrate");

        Assert.That((run.ExitCode, run.Errors.Trim()), Is.EqualTo((3, "error workspace_in_use: Another process has it open.")));
    }

    [Test]
    public async Task Fault_WhenNobodyExpectedIt_IsOneLineThatNamesItAndExitsWithThree()
    {
        _host.Workspace.Failure = new InvalidOperationException("Out of luck.");

        var run = await _host.RunAsync("migrate");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(3));
            Assert.That(run.ErrorLines, Has.Count.EqualTo(1).And.Exactly(1).Contains("InvalidOperationException: Out of luck."));
        }
    }

    [Test]
    public async Task Fault_WhenDebugging_ComesWithItsTrace()
    {
        _host.Workspace.Failure = new InvalidOperationException("Out of luck.");

        Assert.That((await _host.RunAsync("migrate", "--Logging:LogLevel:Default=Debug")).Errors, Does.Contain("   at "));
    }

    [TestCase(null, false)]
    [TestCase("--Logging:LogLevel:Default=Information", true)]
    public async Task Log_ByDefault_OnlyWarns(string? setting, bool informs)
    {
        string?[] args = ["generate", "--sheet", "inspections", "--template", "triage", setting];

        var run = await _host.RunAsync([.. args.OfType<string>()]);

        Assert.That(run.Errors.Contains("info: Training sheet", StringComparison.Ordinal), Is.EqualTo(informs));
    }

    private sealed class Settings;
}
