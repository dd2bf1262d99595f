using Mirion.Generation.Application.Ports;
using Mirion.Generation.Testing.Contracts;
using Mirion.Generation.Testing.Fakes;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local.Sources;

/// <summary>Tests that rely on the fake rely on what the real source keeps.</summary>
[TestFixture]
public sealed class InMemorySheetSourceContractTests : SheetSourceContract
{
    private InMemorySheetSource _source = null!;

    protected override ISheetSource Source => _source;

    [SetUp]
    public void Start() => _source = new InMemorySheetSource().Understand(LineA, row => (string?)row["line"] == "A");

    protected override Task PlaceTableAsync(string table, string[] columns, params string?[][] rows)
    {
        _source.AddTable(table, rows.Select(row => columns.Zip(row).ToDictionary(cell => cell.First, object? (cell) => cell.Second)));
        return Task.CompletedTask;
    }

    protected override Task PlaceFileAsync(string path, byte[] bytes)
    {
        _source.AddFile(path, bytes);
        return Task.CompletedTask;
    }

    protected override Task PlaceDirectoryAsync(string path)
    {
        _source.AddDirectory(path);
        return Task.CompletedTask;
    }
}
