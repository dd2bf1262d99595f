using Mirion.Generation.FakeDatabricks;

await using var workspace = await FakeDatabricksWorkspace.StartAsync(new FakeDatabricksOptions { Port = 8787 });
Console.WriteLine($"DATABRICKS_HOST={workspace.Host}");
await workspace.WaitForShutdownAsync();
