using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Mirion.Generation.Cli.IntegrationTests.Hosting;

namespace Mirion.Generation.Cli.IntegrationTests;

/// <summary>A collector named by the standard variables gets what was measured, before the program ends.</summary>
public sealed class TelemetryExportTests
{
    private readonly ConcurrentDictionary<string, string> _received = new();
    private WebApplication _collector = null!;
    private string _folder = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("mirion-cli-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _collector = builder.Build();
        _collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            // Names and texts stand in the binary message as they are.
            _received[context.Request.Path] = Encoding.Latin1.GetString(body.ToArray());
        });
        await _collector.StartAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _collector.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Generate_WhenACollectorIsNamed_SendsWhatItMeasuredAndNothingOfTheData()
    {
        using var process = CliProcess.Start(
            _folder,
            ["generate", "--sheet", "pcb-inspections", "--template", "pcb-defect-triage"],
            ("OTEL_EXPORTER_OTLP_ENDPOINT", _collector.Urls.Single()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));

        var run = await process.EndAsync();

        var (traces, metrics) = (_received["/v1/traces"], _received["/v1/metrics"]);
        Assert.That(run.ExitCode, Is.Zero, run.Errors);
        Assert.That(traces, Does.Contain("generation.run").And.Contain("generation.page").And.Contain("generation.batch").And.Contain("mirion-generate"));
        Assert.That(metrics, Does.Contain("mirion.generation.items").And.Contain("gen_ai.client.operation.duration").And.Contain("canonical_label"));
        // An item, and words of its prompt and of a label.
        Assert.That(traces + metrics, Does.Not.Contain("GW1-00").And.Not.Contain("solder").IgnoreCase);
    }
}
