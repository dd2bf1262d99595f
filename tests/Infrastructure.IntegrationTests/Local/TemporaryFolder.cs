namespace Mirion.Generation.Infrastructure.IntegrationTests.Local;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it is; what workspaces are made in need not exist, nor have a plain name.</summary>
    public string Path { get; } = System.IO.Path.Combine(Directory.CreateTempSubdirectory("mirion-").FullName, "work; space='ü'");

    public void Dispose() => Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
}
