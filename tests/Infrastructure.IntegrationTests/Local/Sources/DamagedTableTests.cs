using System.Text;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Testing.Builders;

namespace Mirion.Generation.Infrastructure.IntegrationTests.Local.Sources;

[TestFixture]
public sealed class DamagedTableTests
{
    private static readonly Sheet Inspections = SheetBuilder.Table(table: LocalFiles.Table, itemIdColumn: "id");

    private LocalFiles _files = null!;

    [OneTimeSetUp]
    public void Start() => _files = new LocalFiles();

    [TearDown]
    public void Clear() => _files.Clear();

    [OneTimeTearDown]
    public async Task StopAsync() => await _files.DisposeAsync();

    [TestCase("id,a\n1,secret\n2,secret,secret\n3,x\n", "line 3: the row has another number of cells")]
    [TestCase("id,a\n1,secret\nsecret\n3,x\n", "line 3: the row has another number of cells")]
    [TestCase("id,a\n1,\"secret\n2,secret\n", "line 2: a quote is not closed")]
    [TestCase("id,a\n1,\"secret\"x\n2,secret\n", "line 2: a quote is not closed, or text follows")]
    [TestCase("id,a\n1,secret\xff\n", "line 2: it is not UTF-8")]
    [TestCase("id,a\xff\n1,secret\n", "line 1: it is not UTF-8")]
    [TestCase("id,\"a\n1,secret\n", "line 1: the header has a quote that is not closed")]
    [TestCase("id,\"a\"b\n1,secret\n", "line 1: the header has a quote that is not closed, or text behind")]
    [TestCase("id,a,id\n1,secret,2\n", "line 1: the header names 'id' more than once")]
    [TestCase("\nid,a\n1,secret\n", "line 1: it is blank")]
    public async Task DescribeAsync_WhenACsvFileIsDamaged_NamesFileAndLineButNoData(string text, string expected)
    {
        _files.Write("csv", Encoding.Latin1.GetBytes(text));

        await ExpectDamageAsync("inspections.csv", expected);
    }

    [Test]
    public async Task DescribeAsync_WhenADamagedRowIsFarDown_FindsItInAColumnThatNothingNames()
    {
        var good = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},x,y\n"));
        _files.Write("csv", [.. Encoding.ASCII.GetBytes($"id,a,b\n{good}50000,x,"), 0xFF, (byte)'\n']);

        await ExpectDamageAsync("inspections.csv", "line 50002: it is not UTF-8");
    }

    [TestCase("{\"id\":1,\"a\":\"secret\"}\n{\"id\":2,\"a\":\"secret\n", "line 2: it is no JSON")]
    [TestCase("{\"id\":1}\n\n[\"secret\"]\n", "line 3: it is no JSON object")]
    [TestCase("{\"id\":1} {\"id\":2}\n", "line 1: it is no JSON")]
    [TestCase("{\"id\":1,\n\"a\":2}\n", "line 1: it is no JSON")]
    [TestCase("{\"id\":1,\"a\":NaN}\n", "line 1: it is no JSON")]
    [TestCase("{\"id\":1,}\n", "line 1: it is no JSON")]
    [TestCase("{\"id\":1,\"a\":\"secret\xff\"}\n", "line 1: it is not UTF-8")]
    [TestCase("\xEF\xBB\xBF{\"id\":1}\n", "line 1: it begins with a byte order mark")]
    [TestCase("{\"id\":1,\"a\":\"\\ud800secret\"}\n", "line 1: it has half of a surrogate pair")]
    [TestCase("{\"id\":1,\"a\":[{\"b\":\"\\ud800\"}]}\n", "line 1: it has half of a surrogate pair")]
    [TestCase("{\"id\":1,\"a\\ud800\":2}\n", "line 1: a key has half of a surrogate pair")]
    [TestCase("{\"id\":1,\"a\\u0000\":2}\n", "line 1: a key has a NUL")]
    [TestCase("{\"id\":1}\n{\"id\":2,\"a\":1,\"a\":2}\n", "line 2: it has the key 'a' twice")]
    public async Task DescribeAsync_WhenALineIsDamaged_NamesFileAndLineButNoData(string text, string expected)
    {
        _files.Write("jsonl", Encoding.Latin1.GetBytes(text));

        await ExpectDamageAsync("inspections.jsonl", expected);
    }

    [Test]
    public async Task DescribeAsync_WhenALineIsNestedTooDeeply_SaysSo()
    {
        _files.Write("jsonl", $"{{\"id\":1,\"a\":{new string('[', 100)}{new string(']', 100)}}}\n");

        await ExpectDamageAsync("inspections.jsonl", "line 1: it is no JSON");
    }

    [Test]
    public async Task DescribeAsync_WhenAParquetFileIsCutOff_SaysSo()
    {
        var path = await _files.WriteParquetAsync("SELECT CAST(i AS VARCHAR) AS id FROM range(1000) AS t(i)");
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path))[..^40]);

        await ExpectDamageAsync("inspections.parquet", "it is not sound");
    }

    [Test]
    public async Task DescribeAsync_WhenPagesOfAParquetFileAreOverwritten_SaysSo()
    {
        var path = await _files.WriteParquetAsync("SELECT CAST(i AS VARCHAR) AS id, md5(CAST(i AS VARCHAR)) AS secret FROM range(1000) AS t(i)");
        var bytes = await File.ReadAllBytesAsync(path);
        bytes.AsSpan(8, 4000).Fill(0xFF);
        await File.WriteAllBytesAsync(path, bytes);

        await ExpectDamageAsync("inspections.parquet", "it is not sound");
    }

    [TestCase("csv")]
    [TestCase("jsonl")]
    [TestCase("parquet")]
    public async Task DescribeAsync_WhenTheFileIsEmpty_SaysSo(string extension)
    {
        _files.Write(extension, string.Empty);

        await ExpectDamageAsync($"inspections.{extension}", "is empty");
    }

    [Test]
    public async Task ReadPagesAsync_WhenTheFileIsDamaged_Throws()
    {
        _files.Write("csv", "id,a\n1\n");

        Assert.That(
            async () => await _files.ItemsAsync(Inspections, "a"),
            Throws.InstanceOf<UpstreamException>().With.Property("Code").EqualTo("workspace_failed").And.Message.Contains("inspections.csv: line 2"));
        await Task.CompletedTask;
    }

    [Test]
    public async Task DescribeAsync_WhenADamagedFileIsMended_ReadsIt()
    {
        _files.Write("csv", "id,a\n1\n");
        Assert.That((await _files.Source.DescribeAsync(Inspections, CancellationToken.None)).IsSuccess, Is.False);

        _files.Write("csv", "id,a\n1,mended\n");

        Assert.That((await _files.RowsAsync(columns: ["a"]))["1"]["a"], Is.EqualTo("mended"));
    }

    private async Task ExpectDamageAsync(string file, string expected)
    {
        var refusal = (await _files.Source.DescribeAsync(Inspections, CancellationToken.None)).Error!;

        Assert.That((refusal.Kind, refusal.Code), Is.EqualTo((ErrorKind.Unprocessable, "source_not_found")));
        Assert.That(refusal.Message, Does.Contain(file).And.Contain(expected).And.Not.Contain("secret"));
    }
}
