using Mirion.Generation.Cli.Definitions;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Sheets;
using Mirion.Generation.Domain.Templates;

namespace Mirion.Generation.Cli.IntegrationTests.Definitions;

public sealed class DefinitionFileTests
{
    private string _path = null!;

    [SetUp]
    public void SetUp() => _path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "defs.json");

    [TearDown]
    public void TearDown() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [TestCase("""{"id":"a"}""", "a")]
    [TestCase("\uFEFF{\n  \"id\": \"a\"\n}\n", "a")]
    [TestCase("""[{"id":"a"}, {"id":"b"}]""", "a b")]
    [TestCase("{\"id\":\"a\"}\n\n{\"id\":\"b\"}\n{\"id\":\"c\"}", "a b c")]
    public async Task Read_WhateverTheShape_GivesEveryDefinition(string text, string expected) =>
        Assert.That(string.Join(' ', (await ReadAsync<SheetDraft>(text)).Value.Select(definition => definition.Draft.Id)), Is.EqualTo(expected));

    [Test]
    public async Task Read_WhenTheyStandOnSeveralLines_SaysWhereEachBegins() =>
        Assert.That((await ReadAsync<SheetDraft>("[\n{\"id\":\"a\"},\n\n{\n\"id\":\"b\"}]")).Value.Select(definition => definition.Place), Is.EqualTo(["defs.json:2", "defs.json:4"]));

    [TestCase("{\"id\":\"a\",\n\"source_tabel\":\"x\"}", "defs.json:2", "source_tabel")]
    [TestCase("[{\"id\":\"a\"},\n{\"id\":\"b\",\n\"text_colums\":[{\"x\":1}]}]", "defs.json:3", "text_colums")]
    [TestCase("{\"id\":\"a\"}\n{\"SourceTable\":\"b\"}", "defs.json:2", "SourceTable")]
    public async Task Read_WhenAKeyMeansNothing_NamesKeyFileAndLine(string text, string place, string key)
    {
        var faults = await FaultsAsync<SheetDraft>(text);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(faults.Keys, Is.EqualTo([place]));
            Assert.That(faults[place].Single(), Does.Contain(key).And.Contain("source_table, "));
        }
    }

    [TestCase("{\"id\":\"a\",\n\"temperature\":\"hot\"}", "defs.json:2", "temperature")]
    [TestCase("{\"examples\":[{\"input\":\"a\",\"output\":\"b\"},\n{\"input\":\"a\",\n\"outptu\":\"b\"}]}", "defs.json:3", "outptu")]
    [TestCase("{\"examples\":[\n{\"input\":\"a\"}]}", "defs.json:2", "examples")]
    [TestCase("{\"id\":\"a\",\n\n\"id\":\"b\"}", "defs.json:3", "id")]
    public async Task Read_WhenAValueDoesNotFit_NamesItsKey(string text, string place, string key)
    {
        var faults = await FaultsAsync<TemplateDraft>(text);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(faults.Keys, Is.EqualTo([place]));
            Assert.That(faults[place].Single(), Does.Contain(key).And.Not.Contain("System.").And.Not.Contain("Mirion"));
        }
    }

    [Test]
    public async Task Read_WhenSeveralDefinitionsAreWrong_TellsAllAtOnce() =>
        Assert.That((await FaultsAsync<SheetDraft>("{\"x\":1}\n{\"id\":\"a\"}\n{\"id\":1}\nnull\n7")).Keys, Is.EquivalentTo(["defs.json:1", "defs.json:3", "defs.json:4", "defs.json:5"]));

    [TestCase("{\"id\":\"a\"}\n{\"id\":tru}", "defs.json:2")]
    [TestCase("{\"id\":\"a\"", "defs.json:1")]
    [TestCase("id: a", "defs.json:1")]
    public async Task Read_WhenItIsNoJson_SaysWhere(string text, string place) => Assert.That((await FaultsAsync<SheetDraft>(text)).Keys, Is.EqualTo([place]));

    [TestCase("")]
    [TestCase("[]")]
    public async Task Read_WhenThereIsNothing_IsRefused(string text) => Assert.That((await FaultsAsync<SheetDraft>(text)).Keys, Is.EqualTo(["defs.json"]));

    [Test]
    public async Task Read_WhenATemplateBearsTheVersionItWasReadWith_PassesOverIt() =>
        Assert.That((await ReadAsync<TemplateDraft>("""{"id":"a","version":3,"output_schema":{"type":"object"}}""")).Value.Single().Draft.OutputSchema, Is.EqualTo("""{"type":"object"}"""));

    [Test]
    public async Task Read_WhenThereIsNoFile_SaysSo() =>
        Assert.That((await DefinitionFile<SheetDraft>.ReadAsync(_path, CancellationToken.None)).Error?.Code, Is.EqualTo("file_not_found"));

    private async Task<IReadOnlyDictionary<string, string[]>> FaultsAsync<TDraft>(string text)
        where TDraft : class => (await ReadAsync<TDraft>(text)).Error?.Fields ?? throw new AssertionException("It was not refused.");

    private async Task<Result<IReadOnlyList<Definition<TDraft>>>> ReadAsync<TDraft>(string text)
        where TDraft : class
    {
        await File.WriteAllTextAsync(_path, text);
        return await DefinitionFile<TDraft>.ReadAsync(_path, CancellationToken.None);
    }
}
