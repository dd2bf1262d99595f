using Mirion.Generation.Testing.ModelServer;

namespace Mirion.Generation.Api.IntegrationTests.Harness;

/// <summary>An embedded workspace in a folder of its own, with a model endpoint on loopback: everything real but the model.</summary>
internal sealed class TempWorkspace : IAsyncDisposable
{
    private TempWorkspace(FakeModelServer model) => Model = model;

    /// <summary>The folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("mirion-api-").FullName;

    /// <summary>The model endpoint.</summary>
    public FakeModelServer Model { get; }

    public static async Task<TempWorkspace> CreateAsync() => new(await FakeModelServer.StartAsync());

    /// <summary>Starts the real host over it.</summary>
    public TestApi Start(params (string Key, string? Value)[] settings) => TestApi.Start(
        _ => { },
        [
            ("Workspace:Local:Path", Folder), ("Workspace:Local:SeedSample", "false"), ("FoundationModel:BaseUrl", Model.BaseUrl), .. settings,
        ]);

    /// <summary>Drops a table in, as a user would.</summary>
    public TempWorkspace AddTable(string name, string csv)
    {
        var parts = name.Split('.');
        return AddFile(Path.Combine("tables", parts[0], parts[1], $"{parts[2]}.csv"), System.Text.Encoding.UTF8.GetBytes(csv));
    }

    /// <summary>Drops a file in, at its <c>/Volumes/...</c> path.</summary>
    public TempWorkspace AddVolumeFile(string path, byte[] bytes) => AddFile(path.TrimStart('/'), bytes);

    public async ValueTask DisposeAsync()
    {
        await Model.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private TempWorkspace AddFile(string relative, byte[] bytes)
    {
        var file = Path.Combine(Folder, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
        return this;
    }
}
