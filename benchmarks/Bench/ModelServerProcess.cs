using System.Net.Http.Json;
using Mirion.Generation.Benchmarks.ModelServer;

namespace Mirion.Generation.Benchmarks.Bench;

/// <summary>A model server in a process of its own, so that its time and memory are nobody else's.</summary>
internal sealed class ModelServerProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly HttpClient _http = new();

    private ModelServerProcess(ChildProcess process, ServerOptions options, string address, string warmAddress) =>
        (_process, Options, Address, WarmAddress) = (process, options, address, warmAddress);

    public ServerOptions Options { get; }

    /// <summary>Where it behaves as it was told.</summary>
    public string Address { get; }

    /// <summary>Where it answers at once, for warming up.</summary>
    public string WarmAddress { get; }

    public string BaseUrl => $"{Address}/v1";

    public static async Task<ModelServerProcess> StartAsync(ServerOptions options)
    {
        var process = ChildProcess.Start(Environment.ProcessPath!, ["serve", .. options.ToArguments()]);
        if (await process.Output.ReadLineAsync() is not { } line || line.Split(' ') is not [var address, var warm])
        {
            throw new InvalidOperationException($"The model server did not start: {await process.ErrorsAsync()}");
        }

        return new ModelServerProcess(process, options, address, warm);
    }

    public async Task<ServerStats> StatsAsync() => (await _http.GetFromJsonAsync<ServerStats>($"{Address}/stats"))!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Input.Close();
        await _process.EndAsync();
        _process.Dispose();
    }
}
