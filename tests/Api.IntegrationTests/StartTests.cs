using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Mirion.Generation.Api.Hosting;
using Mirion.Generation.Api.Identity;
using Mirion.Generation.Api.IntegrationTests.Harness;
using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Api.IntegrationTests;

/// <summary>Starting the host as a user does, and what keeps it from starting.</summary>
internal sealed class StartTests
{
    private const string FreePort = "http://127.0.0.1:0";

    private string _folder = null!;

    [SetUp]
    public void Create() => _folder = Directory.CreateTempSubdirectory("mirion-start-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Start_WhenSettingsStandInTheCurrentFolder_UsesThemAndItsWorkspace()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "appsettings.json"), $$$"""
            {"Urls": "{{{FreePort}}}", "Workspace": {"Local": {"Path": "there", "SeedSample": false}}, "Generation": {"AsyncThreshold": 7}}
            """);
        using var host = HostProcess.Start(_folder, ["--Workspace:Local:Path", "here"], ("Workspace__Local__Path", "nowhere"));
        var address = await host.ListeningAsync();

        using var client = new HttpClient { BaseAddress = address };
        using var ready = await client.GetAsync("/health/ready");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName).Order(), Is.EqualTo(["appsettings.json", "here"]));
            Assert.That(File.Exists(Path.Combine(_folder, "here", "generation.duckdb")));
            Assert.That(host.Errors, Is.Empty);
            Assert.That(host.Output, Has.None.Contains("AutoMapper"));
        }
    }

    [Test]
    public async Task Start_WhenSettingsAreWrong_EndsNamingEveryOne()
    {
        using var host = HostProcess.Start(
            _folder, ["--urls", FreePort, "--Authentication:Mode", "Jwt", "--Cors:AllowedOrigins:0", "*"], ("Generation__AsyncThreshold", "many"), ("Workspace__Provider", "Cloud"));

        Assert.That(await host.ExitCodeAsync(), Is.EqualTo(2));
        Assert.That(host.Errors.Order(), Is.EqualTo(new[]
        {
            "Authentication:Mode is 'Jwt', which this version does not have; the modes are None and DatabricksApps.",
            "Cors:AllowedOrigins: '*' is no origin; write scheme and host, such as https://app.example.com.",
            "Generation:AsyncThreshold must be a number.",
            "Workspace:Provider must be one of Local, Databricks.",
        }));
        Assert.That(host.Output, Is.Empty);
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    [Test]
    public async Task Start_WhenToldToListenBeyondThisMachine_EndsSayingWhy()
    {
        using var host = HostProcess.Start(_folder, ["--Workspace:Local:SeedSample", "false"], ("ASPNETCORE_URLS", "http://0.0.0.0:0"));

        Assert.That(await host.ExitCodeAsync(), Is.EqualTo(2));
        Assert.That(host.Errors, Is.EqualTo(new[]
        {
            "Authentication:Mode is None, so the API may only listen on this machine, but it was told to listen on http://0.0.0.0:0. "
            + "Use a loopback address, such as --urls http://127.0.0.1:5080.",
        }));
        Assert.That(host.Output, Has.None.Contains("   at "));
    }

    [Test]
    public async Task Start_WhenTheWorkspaceOrTheAddressIsTaken_EndsInALine()
    {
        string[] shared = ["--Workspace:Local:Path", "shared", "--Workspace:Local:SeedSample", "false"];
        using var first = HostProcess.Start(_folder, [.. shared, "--urls", FreePort]);
        var address = await first.ListeningAsync();
        using var second = HostProcess.Start(_folder, [.. shared, "--urls", FreePort]);
        using var third = HostProcess.Start(_folder, ["--Workspace:Local:SeedSample", "false", "--urls", address.GetLeftPart(UriPartial.Authority)]);

        Assert.That(await second.ExitCodeAsync(), Is.EqualTo(3));
        Assert.That(second.Errors.Single(), Does.StartWith($"Another program has the workspace {Path.Combine(_folder, "shared")} open."));
        Assert.That(second.Output, Is.Empty);
        Assert.That(await third.ExitCodeAsync(), Is.EqualTo(2));
        Assert.That(third.Errors.Single(), Does.Contain("address already in use").And.Contain($"{address.Port}"));
        Assert.That(third.Output, Has.None.Contains("   at "));
    }

    [TestCase("urls", "http://127.0.0.1:0", true)]
    [TestCase("urls", "http://[::1]:0", true)]
    [TestCase("urls", "http://*:0", false)]
    [TestCase("urls", "http://+:0", false)]
    [TestCase("urls", "http://0.0.0.0:0", false)]
    [TestCase("urls", "http://[::]:0", false)]
    [TestCase("urls", "http://example.com:0", false)]
    [TestCase("urls", "http://127.0.0.1:0;http://192.0.2.1:0", false)]
    [TestCase("http_ports", "0", false)]
    [TestCase("Kestrel:Endpoints:Main:Url", "http://127.0.0.1:0", true)]
    [TestCase("Kestrel:Endpoints:Main:Url", "http://0.0.0.0:0", false)]
    [TestCase("Kestrel:Endpoints:Main:Url", "http://*:0", false)]
    public async Task Listen_WhereverTheAddressIsConfigured_IsLoopbackOnly(string key, string value, bool allowed)
    {
        await using var app = BuildServer(key, value);

        if (!allowed)
        {
            Assert.That(() => app.StartAsync(), Throws.InstanceOf<ExposedAddressException>().With.Message.StartsWith("Authentication:Mode is None"));
            return;
        }

        await app.StartAsync();
        Assert.That(app.Urls, Has.Count.EqualTo(1).And.All.Matches<string>(url => new Uri(url!).IsLoopback));
    }

    [Test]
    public async Task Listen_WhenToldSoByName_IsPossible()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using var app = BuildServer("urls", $"http://localhost:{port}");

        await app.StartAsync();

        Assert.That(app.Urls, Is.EqualTo([$"http://localhost:{port}"]));
    }

    private static WebApplication BuildServer(string key, string value)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting(key, value);
        builder.Services.AddCallerIdentity(new ConfigurationBuilder().Build());
        return builder.Build();
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "POSIX signals")]
    public async Task Stop_WhileAModelIsSilent_EndsAndLeavesTheGenerationToTheNextStart()
    {
        await using var model = await FakeModelServer.StartAsync();
        var silence = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        model.Always(ChatReplies.After(silence.Task, ChatReplies.Answer("{}")));
        string[] settings = ["--urls", FreePort, "--FoundationModel:BaseUrl", model.BaseUrl.ToString()];
        string location;
        using (var host = HostProcess.Start(_folder, settings))
        {
            using var client = new HttpClient { BaseAddress = await host.ListeningAsync() };
            using var body = new StringContent(
                """{"sheet_id": "pcb-inspections", "template_id": "pcb-defect-triage", "generation_config": {"execution": "job", "model": "fake-model"}}""", Encoding.UTF8, "application/json");
            using var launched = await client.PostAsync("/api/v1/training-sheets/generate", body);
            Assert.That(launched.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await launched.Content.ReadAsStringAsync());
            location = launched.Headers.Location!.ToString();
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (model.CallCount == 0) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);

            await host.SignalAsync("TERM");

            Assert.That(await host.ExitCodeAsync(), Is.Zero);
        }

        silence.SetResult();
        using var next = HostProcess.Start(_folder, settings);
        using var again = new HttpClient { BaseAddress = await next.ListeningAsync() };
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var sheet = string.Empty;
        while (!sheet.Contains("\"status\":\"review\"", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, deadline.Token);
            sheet = await again.GetStringAsync(location, deadline.Token);
        }

        Assert.That(sheet, Does.Contain("\"total_pairs\":60"));
    }
}
