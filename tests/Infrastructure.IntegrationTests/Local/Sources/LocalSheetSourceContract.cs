using System.Text;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Testing.Contracts;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local.Sources;

/// <summary>The contract over files of one format.</summary>
public abstract class LocalSheetSourceContract : SheetSourceContract
{
    private LocalFiles _files = null!;

    protected override ISheetSource Source => _files.Source;

    [OneTimeSetUp]
    public void Start() => _files = new LocalFiles();

    [TearDown]
    public void Clear() => _files.Clear();

    [OneTimeTearDown]
    public async Task StopAsync() => await _files.DisposeAsync();

    protected sealed override Task PlaceTableAsync(string table, string[] columns, params string?[][] rows) => PlaceTableAsync(_files, table, columns, rows);

    protected override Task PlaceFileAsync(string path, byte[] bytes)
    {
        _files.WriteFile(path, bytes);
        return Task.CompletedTask;
    }

    protected override Task PlaceDirectoryAsync(string path)
    {
        Directory.CreateDirectory(_files.PathOf(path));
        return Task.CompletedTask;
    }

    private protected abstract Task PlaceTableAsync(LocalFiles files, string table, string[] columns, string?[][] rows);
}

[TestFixture]
public sealed class CsvSourceContractTests : LocalSheetSourceContract
{
    private protected override Task PlaceTableAsync(LocalFiles files, string table, string[] columns, string?[][] rows)
    {
        files.Write("csv", Encoding.UTF8.GetBytes(Csv.Of([columns, .. rows])), table);
        return Task.CompletedTask;
    }
}

[TestFixture]
public sealed class JsonLinesSourceContractTests : LocalSheetSourceContract
{
    private protected override Task PlaceTableAsync(LocalFiles files, string table, string[] columns, string?[][] rows)
    {
        var lines = rows.Select(row => System.Text.Json.JsonSerializer.Serialize(columns.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second)));
        files.Write("jsonl", Encoding.UTF8.GetBytes(string.Join('\n', lines)), table);
        return Task.CompletedTask;
    }
}

[TestFixture]
public sealed class ParquetSourceContractTests : LocalSheetSourceContract
{
    private protected override Task PlaceTableAsync(LocalFiles files, string table, string[] columns, string?[][] rows)
    {
        static string Literal(string? cell) => cell is null ? "CAST(NULL AS VARCHAR)" : $"'{cell.Replace("'", "''", StringComparison.Ordinal)}'";
        var values = string.Join(", ", rows.Select(row => $"({string.Join(", ", row.Select(Literal))})"));
        return files.WriteParquetAsync($"SELECT * FROM (VALUES {values}) AS t({string.Join(", ", columns)})", table);
    }
}
