using System.Diagnostics;
using System.Globalization;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local;

/// <summary>Another program that uses the same workspace: this assembly, started once more.</summary>
internal sealed class OtherProgram : IDisposable
{
    private const string Hold = "hold";
    private const string Write = "write";
    private readonly Process _process;

    private OtherProgram(string verb, string path) => _process = Process.Start(new ProcessStartInfo("dotnet", [typeof(OtherProgram).Assembly.Location, verb, path])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>Starts a program that has the workspace open until it is disposed.</summary>
    public static async Task<OtherProgram> HoldingAsync(string path)
    {
        var program = new OtherProgram(Hold, path);
        await program.ReadAsync();
        return program;
    }

    /// <summary>Starts a program that commits batches of ten pairs without end, and says after each how many pairs there are.</summary>
    public static OtherProgram WritingTo(string path) => new(Write, path);

    /// <summary>The next thing the program says.</summary>
    public async Task<long> ReadAsync() => long.Parse((await _process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);

    /// <summary>Ends the program as a power failure would.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task Main(string[] args)
    {
        if (args is not [Hold or Write, var path]) return;
        await using var host = await LocalHost.PreparedAsync(path);
        await Console.Out.WriteLineAsync("0");
        if (args[0] == Hold) await Console.In.ReadToEndAsync();
        else await WriteAsync(host.Get<ITrainingSheetRepository>());
    }

    private static async Task WriteAsync(ITrainingSheetRepository sheets)
    {
        var sheet = TrainingSheetBuilder.Generating();
        await sheets.AddAsync(sheet, CancellationToken.None);
        for (var i = 0; ; i += 10)
        {
            var pairs = Enumerable.Range(i, 10).Select(n => PairBuilder.FromModel($"item-{n:d6}", n)).ToArray();
            sheet = sheet.Having(pairs);
            await sheets.CommitBatchAsync(sheet, pairs, CancellationToken.None);
            await Console.Out.WriteLineAsync(sheet.Tally.Total.ToString(CultureInfo.InvariantCulture));
        }
    }
}
