using Mirion.Generation.Infrastructure.Local;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local;

/// <summary>A prepared workspace without anything in it, a new one for every test of a fixture.</summary>
internal sealed class WorkspacePerTest
{
    // Preparing a workspace takes longer than most tests; so one is prepared, and copied.
    private static readonly Lazy<Task<byte[]>> Empty = new(PrepareAsync);

    private TemporaryFolder _folder = null!;
    private LocalHost _host = null!;

    public T Get<T>()
        where T : notnull => _host.Get<T>();

    public async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        var layout = new WorkspaceFolder(_folder.Path);
        layout.Create();
        await File.WriteAllBytesAsync(layout.DatabaseFile, await Empty.Value);
        _host = LocalHost.At(_folder.Path);
    }

    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<byte[]> PrepareAsync()
    {
        using var folder = new TemporaryFolder();
        await using (await LocalHost.PreparedAsync(folder.Path))
        {
        }

        return await File.ReadAllBytesAsync(new WorkspaceFolder(folder.Path).DatabaseFile);
    }
}
