using Mirion.Generation.FakeDatabricks.Auth;
using Mirion.Generation.FakeDatabricks.Faults;
using Mirion.Generation.FakeDatabricks.Files;
using Mirion.Generation.FakeDatabricks.Requests;
using Mirion.Generation.FakeDatabricks.Serving;

namespace Mirion.Generation.FakeDatabricks;

/// <summary>What the workspace has from the start, and what a test does to it.</summary>
public sealed partial class FakeDatabricksWorkspace
{
    /// <summary>The personal access token; it does not end.</summary>
    public string Token { get; } = Credentials.PersonalAccessToken;

    /// <summary>The service principal that asks for tokens.</summary>
    public string ClientId { get; } = Credentials.ClientId;

    /// <summary>The service principal's secret.</summary>
    public string ClientSecret { get; } = Credentials.ClientSecret;

    /// <summary>The catalog of the product.</summary>
    public string Catalog { get; } = "main";

    /// <summary>The schema of the product.</summary>
    public string Schema { get; } = "mirion";

    /// <summary>A volume that is there from the start.</summary>
    public string StagingVolume => $"/Volumes/{Catalog}/{Schema}/staging";

    /// <summary>The warehouse.</summary>
    public string WarehouseId { get; } = "f4ce000000000001";

    /// <summary>The job that completes training sheets.</summary>
    public long JobId { get; }

    /// <summary>The serving endpoints.</summary>
    public FakeServing Serving { get; } = new();

    /// <summary>What is to go wrong with the requests to come.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>The requests that were answered, in the order of the answers.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _log.Requests;

    /// <summary>A token of a user, such as an app gets with the user's request.</summary>
    public string AddUserToken(string user) => _credentials.AddUser(user);

    /// <summary>Ends every token that was issued to the service principal so far.</summary>
    public void ExpireTokens() => _credentials.ExpireIssued();

    /// <summary>Answers 403 from now on when a user asks for a path that starts so.</summary>
    /// <param name="user">The user, <c>owner</c> or <c>service-principal</c>.</param>
    /// <param name="pathPrefix">The start of the path, such as <c>/api/2.0/sql</c>.</param>
    public void Deny(string user, string pathPrefix) => _credentials.Deny(user, pathPrefix);

    /// <summary>Makes a volume, <c>/Volumes/catalog/schema/volume</c>.</summary>
    public Task CreateVolumeAsync(string volume)
    {
        _volumes.Create(volume);
        return Task.CompletedTask;
    }

    /// <summary>Puts a file, <c>/Volumes/catalog/schema/volume/...</c>, with the directories and the volume it needs.</summary>
    public async Task PlaceFileAsync(string path, ReadOnlyMemory<byte> bytes)
    {
        var place = VolumePath.Parse(path);
        _volumes.Create(place.Volume);
        Directory.CreateDirectory(Path.GetDirectoryName(_volumes.OnDisk(place))!);
        await _volumes.WriteAsync(place, new MemoryStream(bytes.ToArray()), overwrite: true, CancellationToken.None);
    }

    /// <summary>Makes a directory, with those above it and the volume.</summary>
    public Task PlaceDirectoryAsync(string path)
    {
        var place = VolumePath.Parse(path);
        _volumes.Create(place.Volume);
        Directory.CreateDirectory(_volumes.OnDisk(place));
        return Task.CompletedTask;
    }
}
