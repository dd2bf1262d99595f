namespace Mirion.Generation.FakeDatabricks.Files;

/// <summary>The volumes on disk. A volume is a directory three levels down; it exists when the directory does.</summary>
internal sealed class VolumeTree(string folder)
{
    private readonly Lock _naming = new();
    private int _uploads;

    /// <summary>Makes a volume.</summary>
    public void Create(string volume) => Directory.CreateDirectory(OnDisk(VolumePath.Parse(volume)));

    /// <summary>Where a place lies on disk.</summary>
    public string OnDisk(VolumePath path) => Path.Combine([folder, "Volumes", .. path.Segments]);

    public bool HasVolume(VolumePath path) => Directory.Exists(OnDisk(VolumePath.Parse(path.Volume)));

    public bool HasFile(VolumePath path) => File.Exists(OnDisk(path));

    public bool HasDirectory(VolumePath path) => Directory.Exists(OnDisk(path));

    /// <summary>Whether the directory that a place is in exists.</summary>
    public bool HasParent(VolumePath path) => Directory.Exists(Path.GetDirectoryName(OnDisk(path)));

    /// <summary>Writes a file, which appears when it is whole; false when there is one already and it may not be replaced.</summary>
    public async Task<bool> WriteAsync(VolumePath path, Stream content, bool overwrite, CancellationToken cancellationToken)
    {
        var uploads = Directory.CreateDirectory(Path.Combine(folder, ".uploads"));
        var upload = Path.Combine(uploads.FullName, $"{Environment.ProcessId}-{Interlocked.Increment(ref _uploads)}");
        try
        {
            await using (var file = File.Create(upload)) await content.CopyToAsync(file, cancellationToken);
            lock (_naming)
            {
                if (!overwrite && HasFile(path)) return false;
                File.Move(upload, OnDisk(path), overwrite: true);
                return true;
            }
        }
        finally
        {
            File.Delete(upload);
        }
    }
}
