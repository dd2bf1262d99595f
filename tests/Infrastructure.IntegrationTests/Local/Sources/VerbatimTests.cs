using System.Text.Json;
using CsCheck;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local.Sources;

/// <summary>Whatever a cell holds, an item has it; and items come in the order of their names.</summary>
[TestFixture]
public sealed class VerbatimTests
{
    // Text that readers of CSV and JSON like to take for something else, beside any text at all.
    private static readonly string[] Odd =
    [
        "true", "false", "TRUE", "t", "NULL", "null", "NaN", "inf", "007", "1.50", "1e3", "-0", "2026-01-02", "01/02/2026", "10:00", "#", "# c", "a,b", "a;b", "a\tb",
        "\"", "\"\"", "'", "\\", "\\N", "\n", "\r\n", "\r", "\uFEFF", " x ", "  ", "=1+1", "{}", "[1]", "\U0001F600", "\uFFFD", "e\u0301", "\u2028", "\u0000", "\u0001", "\u007f",
    ];

    private static readonly Gen<string> OddText = Gen.Int[0, Odd.Length - 1].Select(index => Odd[index]);

    private static readonly Gen<string> Text = Gen.Frequency(
        (3, OddText),
        (2, Gen.Char.AlphaNumeric.Array[0, 12].Select(chars => new string(chars))),
        (2, Gen.Int[1, 0x10FFFF].Where(scalar => scalar is < 0xD800 or > 0xDFFF).Array[1, 8].Select(scalars => string.Concat(scalars.Select(char.ConvertFromUtf32)))),
        (1, OddText.Array[1, 4].Select(string.Concat)));

    private static readonly Gen<string?[][]> Rows = Gen.Select(Text.Where(text => text.Length > 0), Text.Null(), Text.Null(), (id, a, b) => new[] { id, a, b })
        .List[1, 30].Select(rows => rows.DistinctBy(row => row[0]).ToArray());

    [Test]
    public async Task ReadPagesAsync_WhateverTextIsInACsvFile_GivesItVerbatimInOrder()
    {
        await using var files = new LocalFiles();
        await Rows.SampleAsync(
            async rows =>
            {
                files.Write("csv", Csv.Of([["id", "a", "b"], .. rows]));
                await ExpectAsync(files, rows, text => text is "" ? null : text);
            },
            iter: 100,
            threads: 1);
    }

    [Test]
    public async Task ReadPagesAsync_WhateverTextIsInAJsonLinesFile_GivesItVerbatimInOrder()
    {
        await using var files = new LocalFiles();
        await Rows.SampleAsync(
            async rows =>
            {
                files.Write("jsonl", string.Join('\n', rows.Select(row => JsonSerializer.Serialize(new { id = row[0], a = row[1], b = row[2] }))));
                await ExpectAsync(files, rows, text => text);
            },
            iter: 100,
            threads: 1);
    }

    private static async Task ExpectAsync(LocalFiles files, string?[][] rows, Func<string?, string?> kept)
    {
        var read = await files.RowsAsync(columns: ["id", "a", "b"]);
        var ordered = rows.OrderBy(row => new ItemRef(row[0]!)).ToArray();
        Assert.That(read.Keys, Is.EqualTo(ordered.Select(row => row[0])));
        // Booleans are the one thing that a column of text is taken for.
        foreach (var row in ordered) Assert.That(read[row[0]!].Values.Select(TextOf), Is.EqualTo(row.Select(kept)).Using<string?>(SameText));
    }

    private static string? TextOf(object? value) => value is bool flag ? flag ? "true" : "false" : (string?)value;

    private static int SameText(string? left, string? right) => string.CompareOrdinal(Lowered(left), Lowered(right));

    private static string? Lowered(string? text) => text is { Length: 4 or 5 } && bool.TryParse(text, out var flag) ? TextOf(flag) : text;
}
