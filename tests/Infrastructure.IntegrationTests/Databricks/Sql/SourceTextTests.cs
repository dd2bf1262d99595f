using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.FakeDatabricks;
using Mirion.Generation.Testing.Builders;
using Snapshooter.NUnit;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Databricks.Sql;

/// <summary>The SQL texts over a user's table: every way of reading one, with a column of every type, names that need quoting, and a filter.</summary>
[TestFixture]
public sealed class SourceTextTests
{
    private const string Filter = "price > 10.5 AND note <> 'it''s fine' AND lower(note) LIKE 'a%'";

    private static readonly string[] Columns = ["id", "note", "count", "price", "cost", "good", "day", "at", "tags", "parts", "facts", "any", "bytes"];

    private IReadOnlyList<string> _texts = null!;

    [OneTimeSetUp]
    public async Task SendAllAsync()
    {
        await using var workspace = await FakeDatabricksWorkspace.StartAsync();
        await using var host = new StoreHost(workspace);
        await workspace.ExecuteAsync(
            """
            CREATE TABLE `factory`.`quality`.`inspections` (`id` STRING, `note` STRING, `count` BIGINT, `price` DOUBLE, `cost` DECIMAL(10,2), `good` BOOLEAN, `day` DATE, `at` TIMESTAMP,
                `tags` ARRAY<STRING>, `parts` STRUCT<a: INT, b: STRING>, `facts` MAP<STRING, STRING>, `any` VARIANT, `bytes` BINARY)
            """,
            "INSERT INTO `factory`.`quality`.`inspections` (`id`, `note`, `price`) VALUES ('a', 'also', 11.0), ('b', 'b', 1.0)");
        var source = host.Get<ISheetSource>();
        foreach (var sheet in Sheets()) await ReadAsync(source, sheet);
        Assert.That(workspace.Statements.Select(statement => statement.Error), Is.All.Null);
        _texts = [.. workspace.Statements.Select(statement => statement.Text).Distinct()];
    }

    [Test]
    public void SqlTexts_Always_AreThoseListed() => Snapshot.Match(string.Join("\n\n", _texts) + "\n");

    [Test]
    public void SqlTexts_Always_HoldNoValue()
    {
        Assert.That(_texts, Is.Not.Empty);
        foreach (var text in _texts)
        {
            Assert.That(text, Does.Not.Contain("fine").And.Not.Contain("10.5").And.Not.Contain("inspections'").And.Not.Contain("\""));
        }
    }

    private static IEnumerable<Sheet> Sheets() =>
    [
        SheetBuilder.Table(itemIdColumn: "id"),
        SheetBuilder.Table(itemIdColumn: "id", filter: Filter),
        SheetBuilder.Table(itemIdColumn: "id", filter: Filter, sampling: "first", sampleSize: 1),
        SheetBuilder.Table(itemIdColumn: "id", filter: Filter, sampling: "random", sampleSize: 1),
    ];

    private static async Task ReadAsync(ISheetSource source, Sheet sheet)
    {
        Assert.That((await source.DescribeAsync(sheet, CancellationToken.None)).IsSuccess);
        Assert.That((await source.TakeCensusAsync(sheet, CancellationToken.None)).IsSuccess);
        await foreach (var _ in source.ReadPagesAsync(new SheetReading(sheet, Columns), CancellationToken.None))
        {
        }

        await foreach (var _ in source.ReadPagesAsync(new SheetReading(sheet, ["note"], Limit: 1), CancellationToken.None))
        {
        }

        await source.ReadItemsAsync(sheet, ["note"], [new ItemRef("a")], CancellationToken.None);
    }
}
