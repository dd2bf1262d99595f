using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Domain.UnitTests.Sheets;

public sealed class TableNameTests
{
    private static readonly string[] Refused =
    [
        "", "table", "schema.table", "a.b.c.d", "a..c", ".b.c", "a.b.", "...", "a.b. ", "a.b.c d", "a.b.c\t", "a.b.c/d", "../b.c.d", @"a.b.c\d",
        "a.b.c\0", "a.b.\"c\"", "a.b.'c'", "a.b.`c`", "a.b.c\n", "a.b.c\u00A0d", "a.b." + new string('c', 256),
    ];

    [TestCase("demo.manufacturing.pcb_inspections", "demo", "manufacturing", "pcb_inspections")]
    [TestCase("main.2024.größe-1", "main", "2024", "größe-1")]
    public void Parse_WhenItHasThreeParts_ReadsThem(string text, string catalog, string schema, string table)
    {
        var name = TableName.Parse(text).Value;

        Assert.That((name.Catalog, name.Schema, name.Table), Is.EqualTo((catalog, schema, table)));
        Assert.That(name.ToString(), Is.EqualTo(text));
    }

    [Test]
    public void Parse_WhenAPartIsLongest_ReadsIt() => Assert.That(TableName.Parse("a.b." + new string('c', 255)).IsSuccess, Is.True);

    [TestCaseSource(nameof(Refused))]
    public void Parse_WhenItIsNoTable_IsRefused(string text) => Assert.That(TableName.Parse(text).Error?.Fields.Keys, Is.EqualTo(new[] { "source_table" }));
}
