using System.Text.Json;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Domain.Labels;

namespace Mirion.Generation.Domain.UnitTests.Labels;

public sealed class LabelDataTests
{
    [TestCase("\"solder_bridge\"", "solder_bridge")]
    [TestCase("\"Zeile 1\\nZeile \\u0032 \\ud83d\\udd0c\"", "Zeile 1\nZeile 2 🔌")]
    [TestCase("\" padded \"", " padded ")]
    [TestCase("{ \"defect\": \"Lötbrücke\", \"part\": \"\\ud83d\\udd0c\" }", "{\"defect\":\"Lötbrücke\",\"part\":\"🔌\"}")]
    [TestCase("[1.50, 1e3]", "[1.50,1e3]")]
    [TestCase("0.10", "0.10")]
    [TestCase("12345678901234567890123", "12345678901234567890123")]
    [TestCase("false", "false")]
    [TestCase("{}", "{}")]
    [TestCase("[]", "[]")]
    public void Answer_WhenGivenAValue_IsTheTextOfAStringAndTheCompactJsonOfAnythingElse(string json, string answer) =>
        Assert.That(From(json).Value.Answer, Is.EqualTo(answer));

    [TestCase("null")]
    [TestCase("\"\"")]
    [TestCase("\" \\t\\n\\u00a0\"")]
    public void From_WhenItAnswersNothing_IsRefused(string json) => AssertRefused(From(json));

    [Test]
    public void From_WhenAbsent_IsRefused() => AssertRefused(LabelData.From(default));

    [Test]
    public void From_WhenAsDeepAsAllowed_IsTaken() => Assert.That(From(Nested(CompactJson.MaxDepth)).Value.Answer, Is.EqualTo(Nested(CompactJson.MaxDepth)));

    [Test]
    public void From_WhenDeeperThanAllowed_IsRefused() => AssertRefused(From(Nested(CompactJson.MaxDepth + 1)));

    [TestCase("\"\\ud800\"")]
    [TestCase("\"\\udc00 tail\"")]
    [TestCase("{\"note\":\"cut \\ud83d\"}")]
    [TestCase("{\"\\ud83d\":1}")]
    public void From_WhenTextHoldsHalfACharacter_IsRefused(string json) => AssertRefused(From(json));

    [TestCase("\"  x  \"")]
    [TestCase("{\"a\":[1.0,\"🔌\"]}")]
    [TestCase("true")]
    public void Parse_WhenGivenItsOwnJson_IsTheSameLabel(string json)
    {
        var label = From(json).Value;

        Assert.That(LabelData.Parse(label.Json), Is.EqualTo(label));
    }

    [TestCase("{ \"a\": 1 }")]
    [TestCase("{\"a\":1}\n")]
    [TestCase("[1,\t2]")]
    [TestCase("{\"a\":\"\\u0041 \\/ \\n\"}")]
    [TestCase("{\"a b\":\" \",\"a b\":[]}")]
    public void Parse_WhenTheTextIsNotAsItWasWritten_IsTheLabelAllTheSame(string json) => Assert.That(LabelData.Parse(json), Is.EqualTo(From(json).Value));

    [TestCase("{\"a\":1,}")]
    [TestCase("{\"a\":1}}")]
    [TestCase("{\"a\":\"x}")]
    [TestCase("[01]")]
    [TestCase("{a:1}")]
    public void Parse_WhenTheTextIsNoJson_Throws(string json) => Assert.That(() => LabelData.Parse(json), Throws.InstanceOf<JsonException>());

    [TestCase("null")]
    [TestCase("\" \"")]
    public void Parse_WhenAStoredLabelHoldsNoAnswer_Throws(string json) => Assert.That(() => LabelData.Parse(json), Throws.TypeOf<FormatException>());

    private static Result<LabelData> From(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 2 * CompactJson.MaxDepth });
        return LabelData.From(document.RootElement);
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static void AssertRefused(Result<LabelData> result)
    {
        Assert.That(result.Error?.Kind, Is.EqualTo(ErrorKind.Invalid));
        Assert.That(result.Error!.Fields.Keys, Is.EqualTo(new[] { "label_data" }));
    }

    [TestCase("""{"a":1.50}""", true, """{"a":1.50}""")]
    [TestCase("[1,2]", true, "[1,2]")]
    [TestCase("17", true, "17")]
    [TestCase("true", true, "true")]
    [TestCase("null", true, "\"null\"")]
    [TestCase("\"quoted\"", true, "\"\\\"quoted\\\"\"")]
    [TestCase("""{"a": 1}""", true, "\"{\\\"a\\\": 1}\"")]
    [TestCase("""{"a":1}""", false, "\"{\\\"a\\\":1}\"")]
    [TestCase("Löt­brücke 🔧\n", false, "\"Löt­brücke 🔧\\n\"")]
    public void OfAnswer_Always_GivesExactlyTheAnswerBack(string answer, bool structured, string json)
    {
        var data = LabelData.OfAnswer(answer, structured).Value;

        Assert.That((data.Json, data.Answer, data.IsStructured), Is.EqualTo((json, answer, json[0] != '"')));
        Assert.That(LabelData.Parse(data.Json), Is.EqualTo(data));
    }

    [Test]
    public void OfAnswer_WhenItCannotBeALabel_IsRefused() => Assert.Multiple(() =>
    {
        Assert.That(LabelData.OfAnswer(" ", structured: false).Error!.Fields.Keys, Is.EqualTo(new[] { "label_data" }));
        Assert.That(LabelData.OfAnswer($"half {'\ud83d'}", structured: false).Error!.Fields.Keys, Is.EqualTo(new[] { "label_data" }));
    });
}
