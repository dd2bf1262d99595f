using System.Text;
using DuckDB.NET.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Infrastructure.Configuration;
using Mirion.Generation.Infrastructure.Local;
using Mirion.Generation.Infrastructure.Local.Sources;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local.Sources;

/// <summary>An embedded workspace in a temporary folder, with its source data as registration wires it.</summary>
internal sealed class LocalFiles : IAsyncDisposable
{
    /// <summary>The table that the files of a test are, unless it names another.</summary>
    public const string Table = "factory.quality.inspections";

    private readonly ServiceProvider _services;
    private int _writes;

    public LocalFiles(string? root = null)
    {
        Root = root ?? Directory.CreateTempSubdirectory("mirion-source-").FullName;
        _services = new ServiceCollection()
            .AddSingleton(Options.Create(new LocalOptions { Path = Root }))
            .AddSingleton<DuckDbDatabase>()
            .AddLocalSheetSource()
            .BuildServiceProvider();
    }

    public string Root { get; }

    public ISheetSource Source => _services.GetRequiredKeyedService<ISheetSource>(WorkspaceProvider.Local);

    /// <summary>Writes the file of <see cref="Table"/> and gives its path.</summary>
    public string Write(string extension, string text) => Write(extension, Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="Write(string, string)"/>
    public string Write(string extension, byte[] bytes, string table = Table)
    {
        var path = PathOf(extension, table);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return Stamp(path);
    }

    /// <summary>Writes <see cref="Table"/> as Parquet, from the rows of a query.</summary>
    public async Task<string> WriteParquetAsync(string query, string table = Table)
    {
        var path = PathOf("parquet", table);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SET TimeZone = 'UTC'; COPY ({query}) TO '{path.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet)";
        await command.ExecuteNonQueryAsync();
        return Stamp(path);
    }

    /// <summary>Where <c>/Volumes/...</c> lies.</summary>
    public string PathOf(string volumePath) => Path.Combine([Root, .. volumePath.Split('/', StringSplitOptions.RemoveEmptyEntries)]);

    /// <summary>Writes a file of a volume and gives its path.</summary>
    public string WriteFile(string volumePath, byte[] bytes)
    {
        var path = PathOf(volumePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
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

    /// <summary>Takes every table and volume away, for the next test: opening a database takes longer than most tests.</summary>
    public void Clear()
    {
        foreach (var folder in new[] { "tables", "Volumes" })
        {
            var path = Path.Combine(Root, folder);
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            Directory.CreateDirectory(path);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }

    // Tests write faster than a file system's clock ticks; a file written anew must look it.
    private string Stamp(string path)
    {
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddSeconds(_writes++));
        return path;
    }

    private string PathOf(string extension, string table)
    {
        var parts = table.Split('.');
        return Path.Combine(Root, "tables", parts[0], parts[1], $"{parts[2]}.{extension}");
    }
}
