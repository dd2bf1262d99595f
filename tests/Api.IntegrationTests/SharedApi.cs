using Mirion.Generation.Api.IntegrationTests.Harness;

namespace Mirion.Generation.Api.IntegrationTests;

/// <summary>The one host over ports in memory that most tests ask, as starting one takes longer than any of them.</summary>
[SetUpFixture]
internal sealed class SharedApi
{
    public static FakePorts Ports { get; } = new();

    public static TestApi Api { get; private set; } = null!;

    /// <summary>The host over a small world as new.</summary>
    public static async Task<(TestApi Api, FakePorts Ports)> RenewAsync()
    {
        Ports.Clear();
        await Ports.SeedAsync();
        Api.Log.Clear();
        return (Api, Ports);
    }

    [OneTimeSetUp]
    public void Start() => Api = TestApi.Over(Ports);

    [OneTimeTearDown]
    public void Stop() => Api.Dispose();
}
