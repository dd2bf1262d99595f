namespace Mirion.Generation.FakeDatabricks;

// Not top-level statements: their Program would be a second one beside the API's in its tests.
internal static class Program
{
    private static async Task Main()
    {
        await using var workspace = await FakeDatabricksWorkspace.StartAsync(new FakeDatabricksOptions { Port = 8787 });
        Console.WriteLine($"DATABRICKS_HOST={workspace.Host}");
        await workspace.WaitForShutdownAsync();
    }
}
