using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.Infrastructure.Configuration;
using Mirion.Generation.Infrastructure.Databricks;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sources;

/// <summary>A workspace on loopback, with its source data as registration wires it.</summary>
internal sealed class DatabricksSources : ICurrentUser, IAsyncDisposable
{
    /// <summary>The table that the rows of a test are, unless it names another.</summary>
    public const string Table = "factory.quality.inspections";

    private readonly ServiceProvider _services;

    private DatabricksSources(FakeDatabricksWorkspace workspace)
    {
        Workspace = workspace;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Workspace:Provider"] = "Databricks",
            ["Workspace:Databricks:Host"] = workspace.Host.ToString(),
            ["Workspace:Databricks:Token"] = workspace.Token,
            ["Workspace:Databricks:WarehouseId"] = workspace.WarehouseId,
            ["Workspace:Databricks:Catalog"] = workspace.Catalog,
            ["Workspace:Databricks:Schema"] = workspace.Schema,
            ["Workspace:Databricks:StagingVolume"] = workspace.StagingVolume,
        }).Build();
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<ICurrentUser>(this)
            .AddDatabricksWorkspace(configuration)
            .BuildServiceProvider();
    }

    public FakeDatabricksWorkspace Workspace { get; }

    public ISheetSource Source => _services.GetRequiredKeyedService<ISheetSource>(WorkspaceProvider.Databricks);

    public string Name => "tester";

    /// <summary>The credential that the user brings; none unless a test sets it.</summary>
    public string? AccessToken { get; set; }

    public static async Task<DatabricksSources> StartAsync(FakeDatabricksOptions? options = null) => new(await FakeDatabricksWorkspace.StartAsync(options));

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Makes <see cref="Table"/> anew from the rows of a query.</summary>
    public Task WriteAsync(string query, string table = Table) => Workspace.ExecuteAsync($"CREATE OR REPLACE TABLE {Quoted(table)} AS {query}");

    /// <summary>Makes a table of text columns.</summary>
    public async Task WriteAsync(string table, string[] columns, string?[][] rows)
    {
        static string Literal(string? cell) => cell is null ? "NULL" : $"'{cell.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
        await Workspace.ExecuteAsync($"CREATE OR REPLACE TABLE {Quoted(table)} ({string.Join(", ", columns.Select(column => $"`{column.Replace("`", "``", StringComparison.Ordinal)}` STRING"))})");
        if (rows.Length > 0) await Workspace.ExecuteAsync($"INSERT INTO {Quoted(table)} VALUES {string.Join(", ", rows.Select(row => $"({string.Join(", ", row.Select(Literal))})"))}");
    }

    /// <summary>Takes every table and file of a test away.</summary>
    public async Task ClearAsync()
    {
        AccessToken = null;
        await Workspace.ExecuteAsync($"DROP TABLE IF EXISTS {Quoted(Table)}");
        foreach (var volume in Directory.GetDirectories(Path.Combine(Workspace.Folder, "Volumes"), "factory")) Directory.Delete(volume, recursive: true);
    }

    /// <summary>Every item of <see cref="Table"/> by its name.</summary>
    public async Task<Dictionary<string, IReadOnlyDictionary<string, object?>>> RowsAsync(string id = "id", string? filter = null, params string[] columns) =>
        (await ItemsAsync(SheetBuilder.Table(table: Table, itemIdColumn: id, filter: filter), columns)).ToDictionary(item => item.Ref.Value, item => item.Values);

    /// <summary>Every item of a sheet, in order.</summary>
    public async Task<List<SheetItem>> ItemsAsync(Sheet sheet, params string[] columns)
    {
        var items = new List<SheetItem>();
        await foreach (var page in Source.ReadPagesAsync(new SheetReading(sheet, columns), CancellationToken.None)) items.AddRange(page);
        return items;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Workspace.DisposeAsync();
    }

    private static string Quoted(string table) => string.Join('.', table.Split('.').Select(part => $"`{part}`"));
}
