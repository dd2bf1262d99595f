using System.Net;
using System.Net.Sockets;
using Mirion.Generation.Benchmarks.Bench;
using Mirion.Generation.Benchmarks.Report;
using Mirion.Generation.Benchmarks.Workload;

namespace Mirion.Generation.Benchmarks.Rows;

/// <summary>How long the API takes from its start until it is ready.</summary>
internal static class Start
{
    public const string Name = "start";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<RowReport> MeasureAsync(BenchContext bench)
    {
        var figures = new Figures();
        var existing = await bench.PrepareAsync(new Inspections(bench.Size(100_000, 1_000)), labelled: true);
        for (var i = 0; i < 3; i++)
        {
            figures.Add("fresh workspace, sample put in", "s", await MeasureAsync(bench.NewFolder(), "--Workspace:Local:SeedSample=true"), new Target(1));
            figures.Add("existing workspace", "s", await MeasureAsync(existing, "--Workspace:Local:SeedSample=false"), new Target(1));
        }

        return new RowReport(Name, "start to ready", $"""
            From the start of the API's process, as built for release, to the first 200 of /health/ready, asked for every 5 ms. The existing workspace has {bench.Size(100_000, 1_000):N0} labels.
            """, figures.ToList());
    }

    private static async Task<double> MeasureAsync(string folder, string seed)
    {
        var port = FreePort();
        var started = TimeProvider.System.GetTimestamp();
        using var api = ChildProcess.Start(
            Path.Combine(BenchContext.Root, "src/Api/bin/Release/net10.0/Mirion.Generation.Api"), [$"--urls=http://127.0.0.1:{port}", $"--Workspace:Local:Path={folder}", seed], folder);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(1) };
        while (!await IsReadyAsync(http, port))
        {
            if (api.HasEnded || TimeProvider.System.GetElapsedTime(started) > Patience) throw new InvalidOperationException($"The API did not get ready: {await api.ErrorsAsync()}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        await api.KillAsync();
        return seconds;
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, int port)
    {
        try
        {
            using var reply = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"));
            return reply.StatusCode is HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    // The API prints no address that a program could read, so it is told one that was free a moment ago.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
