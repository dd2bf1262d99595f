using System.Diagnostics;
using Mirion.Generation.Application.Schemas;

namespace Mirion.Generation.Application.UnitTests.Schemas;

/// <summary>What matches, how it is kept, and how what does not match is told.</summary>
public sealed class OutputSchemaTests
{
    private const string Inspection = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "verdict": {"enum": ["ok", "defect"]},
            "defects": {"type": "array", "maxItems": 3, "items": {"$ref": "#/$defs/defect"}},
            "note": {"type": ["string", "null"], "maxLength": 5}
          },
          "required": ["verdict", "defects"],
          "additionalProperties": false,
          "$defs": {
            "defect": {
              "type": "object",
              "properties": {"kind": {"type": "string", "pattern": "^[a-z]+$"}, "size/mm": {"type": "number", "exclusiveMinimum": 0, "maximum": 99.5}},
              "required": ["kind"]
            }
          }
        }
        """;

    [TestCase("""{"verdict":"ok","defects":[]}""")]
    [TestCase("""{"verdict":"defect","defects":[{"kind":"scratch","size/mm":0.5}],"note":null}""")]
    public void FaultOf_WhenTheAnswerMatches_IsNothing(string answer) => Assert.That(Schema(Inspection).FaultOf(answer), Is.Null);

    [TestCase("""{"verdict":"maybe","defects":[]}""", "/verdict must be one of \"ok\", \"defect\" (enum)")]
    [TestCase("""{"verdict":"ok"}""", "it lacks the property \"defects\" (required)")]
    [TestCase("""[]""", "it must be an object (type)")]
    [TestCase("""{"verdict":"ok","defects":{}}""", "/defects must be a list (type)")]
    [TestCase("""{"verdict":"ok","defects":[{"kind":"a"},{"kind":"B"}]}""", "/defects/1/kind must match ^[a-z]+$ (pattern)")]
    [TestCase("""{"verdict":"ok","defects":[{}]}""", "/defects/0 lacks the property \"kind\" (required)")]
    [TestCase("""{"verdict":"ok","defects":[{"kind":"a","size/mm":0}]}""", "/defects/0/size~1mm must be above 0 (exclusiveMinimum)")]
    [TestCase("""{"verdict":"ok","defects":[{"kind":"a","size/mm":99.6}]}""", "/defects/0/size~1mm must be at most 99.5 (maximum)")]
    [TestCase("""{"verdict":"ok","defects":[{"kind":"a"},{"kind":"a"},{"kind":"a"},{"kind":"a"}]}""", "/defects must have at most 3 entries (maxItems)")]
    [TestCase("""{"verdict":"ok","defects":[],"note":7}""", "/note must be string or null (type)")]
    [TestCase("""{"verdict":"ok","defects":[],"note":"too long"}""", "/note must have at most 5 characters (maxLength)")]
    [TestCase("""{"verdict":"ok","defects":[],"patient John Smith":1}""", "it has a property beside one of \"verdict\", \"defects\", \"note\" (additionalProperties)")]
    public void FaultOf_WhenTheAnswerBreaksARule_NamesThePlaceAndTheRuleAndNothingOfTheAnswer(string answer, string told) =>
        Assert.That(Schema(Inspection).FaultOf(answer)?.ToString(), Is.EqualTo(told));

    [TestCase("The verdict is ok.", "it is no JSON (line 1, byte 1)")]
    [TestCase("""{"verdict":"ok","defects":[]} I hope this helps!""", "it is no JSON (line 1, byte 31)")]
    [TestCase("""{'verdict':'ok'}""", "it is no JSON (line 1, byte 2)")]
    [TestCase("{\"verdict\":\"ok\", // sure\n\"defects\":[]}", "it is no JSON (line 1, byte 18)")]
    [TestCase("""{"verdict":"ok","defects":[],}""", "it is no JSON (line 1, byte 30)")]
    public void FaultOf_WhenTheAnswerIsNotQuiteJson_SaysWhereItIsNone(string answer, string told) => Assert.That(Schema(Inspection).FaultOf(answer)?.ToString(), Is.EqualTo(told));

    [Test]
    public void FaultOf_WhenAPropertyStandsTwice_DoesNotTakeOneOfThem() =>
        Assert.That(Schema(Inspection).FaultOf("""{"verdict":"maybe","verdict":"ok","defects":[]}"""), Is.Not.Null);

    [TestCase("""{"type":"string","minLength":2}""", "\"😀\"", "it must have at least 2 characters (minLength)")]
    [TestCase("""{"type":"string","maxLength":1}""", "\"😀\"", null)]
    [TestCase("""{"type":"integer"}""", "1.0", null)]
    [TestCase("""{"type":"integer"}""", "1.5", "it must be a whole number (type)")]
    [TestCase("""{"type":"integer"}""", "12345678901234567890", null)]
    [TestCase("""{"type":"number","multipleOf":0.1}""", "0.3", null)]
    [TestCase("""{"type":"number","multipleOf":0.1}""", "0.35", "it must be a multiple of 0.1 (multipleOf)")]
    [TestCase("""{"type":"number","maximum":5}""", "1e999", "it must be at most 5 (maximum)")]
    [TestCase("""{"type":"number","minimum":5}""", "4", "it must be at least 5 (minimum)")]
    [TestCase("""{"type":"number","exclusiveMaximum":5}""", "5", "it must be below 5 (exclusiveMaximum)")]
    [TestCase("""{"enum":[1,"2",true]}""", "1.0", null)]
    [TestCase("""{"enum":[1,"2",true]}""", "2", null)]
    [TestCase("""{"type":["integer","boolean"],"enum":[1,"2",true]}""", "2", "it must be one of 1, \"2\", true (enum)")]
    [TestCase("""{"const":"ok"}""", "ok", null)]
    [TestCase("""{"const":1,"enum":[1,2]}""", "2", "it must be 1 (enum)")]
    [TestCase("""{"enum":[1,2],"const":1}""", "2", "it must be 1 (enum)")]
    [TestCase("""{"const":{"a":[1]}}""", """{ "a": [1.0] }""", null)]
    [TestCase("""{"const":{"a":[1]}}""", """{"a":[2]}""", "it must be {\"a\":[1]} (enum)")]
    [TestCase("""{"type":["string","null"],"enum":["a"]}""", "null", "it must be \"a\" (enum)")]
    [TestCase("""{"type":"null"}""", "0", "it must be null (type)")]
    [TestCase("""{"type":"boolean"}""", "0", "it must be true or false (type)")]
    [TestCase("""{"type":"number"}""", "true", "it must be a number (type)")]
    [TestCase("""{"type":"array","maxItems":0}""", "[1]", "it must have at most 0 entries (maxItems)")]
    [TestCase("""{"type":"array","minItems":2}""", "[1]", "it must have at least 2 entries (minItems)")]
    [TestCase("""{"type":"array","uniqueItems":true}""", """[1,"1"]""", null)]
    [TestCase("""{"type":"array","uniqueItems":true}""", """[[1],[1.0]]""", "it must not have an entry twice (uniqueItems)")]
    [TestCase("""{"type":"array","items":false}""", "[1]", "/0 must not be what the schema excludes (not)")]
    [TestCase("""{"type":"object","maxProperties":0}""", """{"a":1}""", "it must have at most 0 properties (maxProperties)")]
    [TestCase("""{"type":"object","minProperties":1}""", "{}", "it must have at least 1 properties (minProperties)")]
    [TestCase("""{"type":"object","additionalProperties":false}""", """{"a":1}""", "it may have no properties (additionalProperties)")]
    [TestCase("""{"type":"object","additionalProperties":{"type":"string"}}""", """{"secret":1}""", "/* must be a string (type)")]
    [TestCase("""{"type":["object","array"],"required":["a"]}""", "[]", null)]
    [TestCase("""{"type":"array","items":{"type":["array","null"],"items":{"type":"integer"}}}""", """[null,[1],["a"]]""", "/2/0 must be a whole number (type)")]
    [TestCase("""{"not":{"type":"object"}}""", "{}", "it must not be what the schema excludes (not)")]
    [TestCase("""{"anyOf":[{"type":"object","properties":{"a":{"type":"integer"}}},{"type":"null"}]}""", """{"a":"x"}""", "/a must be a whole number (type)")]
    [TestCase("""{"anyOf":[{"type":"integer"},{"type":"boolean"}]}""", "null", "it fits none of the schemas in anyOf")]
    [TestCase("""{"oneOf":[{"type":"integer"},{"type":"boolean"}]}""", "null", "it fits none of the schemas in oneOf")]
    [TestCase("""{"oneOf":[{"type":"integer"},{"minimum":1}]}""", "2", "it fits more than one of the schemas in oneOf")]
    [TestCase("""{"allOf":[{"type":"integer"},{"minimum":3}]}""", "2", "it must be at least 3 (minimum)")]
    [TestCase("""{"$ref":"#/definitions/a","minimum":3,"definitions":{"a":{"type":"integer"}}}""", "2", "it must be at least 3 (minimum)")]
    [TestCase("""{"allOf":[{"$ref":"#/$defs/a"}],"minimum":3,"$defs":{"a":{"type":"integer"}}}""", "2", "it must be at least 3 (minimum)")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"$ref":"#/properties/a"}},"required":["a"]}""", """{"a":1,"b":"x"}""", "/b must be a whole number (type)")]
    [TestCase("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"$ref":"#/properties/a"}},"required":["a"]}""", "{}", "it lacks the property \"a\" (required)")]
    [TestCase("""{"type":"object","properties":{"a b":{"$ref":"#/$defs/a%20~1b"}},"$defs":{"a /b":{"type":"null"}}}""", """{"a b":0}""", "/a b must be null (type)")]
    [TestCase("""{"type":"object","properties":{"next":{"$ref":"#"},"v":{"type":"integer"}}}""", """{"next":{"next":{"v":"x"}}}""", "/next/next/v must be a whole number (type)")]
    [TestCase("""{"type":"object","properties":{"a":{"format":"uuid"}}}""", """{"a":"x"}""", "/a must be a uuid (format)")]
    public void FaultOf_Always_KeepsToJsonSchemaAndNotToTheLibrarysReadingOfIt(string schema, string answer, string? told) =>
        Assert.That(Schema(schema).FaultOf(answer)?.ToString(), Is.EqualTo(told));

    [TestCase("date", "2026-02-28", "2026-02-30")]
    [TestCase("date-time", "2026-02-28T08:00:00.5+01:00", "2026-02-28 08:00")]
    [TestCase("date-time", "2026-02-28t08:00:00z", "2026-02-28T25:00:00Z")]
    [TestCase("time", "08:00:00Z", "8 o'clock")]
    [TestCase("email", "a.b@example.com", "a.b.example.com")]
    [TestCase("hostname", "example.com", "exa mple")]
    [TestCase("ipv4", "10.0.0.1", "10.1")]
    [TestCase("ipv6", "::1", "10.0.0.1")]
    [TestCase("uri", "https://example.com/a", "/a")]
    [TestCase("uuid", "0d1f6b0e-7c1c-4f2c-9d5b-1c2d3e4f5a6b", "0d1f6b0e")]
    [TestCase("whatever", "anything", null)]
    public void FaultOf_WhenATextHasAFormat_LooksAtThoseItKnows(string format, string good, string? bad)
    {
        var schema = Schema($$$"""{"type":"array","items":{"type":"string","format":"{{{format}}}"}}""");

        Assert.That(schema.FaultOf($"""["{good}"]"""), Is.Null);
        if (bad is not null) Assert.That(schema.FaultOf($"""["{bad}"]""")?.ToString(), Is.EqualTo($"/0 must be a {format} (format)"));
    }

    [TestCase("{\n  \"verdict\": \"ok\",\n  \"defects\": [ ]\n}\n", """{"verdict":"ok","defects":[]}""")]
    [TestCase("```json\n{\"verdict\":\"ok\",\"defects\":[]}\n```", """{"verdict":"ok","defects":[]}""")]
    [TestCase("\n``` \r\n{\"verdict\":\"ok\",\"defects\":[]}\r\n```\n", """{"verdict":"ok","defects":[]}""")]
    [TestCase("{\"verdict\":\"ok\",\"defects\":[{\"kind\":\"a\",\"size/mm\":1.50,\"\\u00e4\":\"\\u4e09\"}]}", """{"verdict":"ok","defects":[{"kind":"a","size/mm":1.50,"ä":"三"}]}""")]
    public void ReadWritten_WhenTheAnswerMatches_GivesItInTheFormOfALabel(string written, string kept)
    {
        Assert.That(Schema(Inspection).ReadWritten(written, out var answer), Is.Null);
        Assert.That(answer, Is.EqualTo(kept));
    }

    [TestCase("```json\n{\"verdict\":\"maybe\",\"defects\":[]}\n```", "/verdict must be one of \"ok\", \"defect\" (enum)")]
    [TestCase("Here you are:\n```json\n{\"verdict\":\"ok\",\"defects\":[]}\n```", "it is no JSON (line 1, byte 1)")]
    [TestCase("```json\n{\"verdict\":\"ok\",\"defects\":[]}\n```\n```json\n{\"verdict\":\"ok\",\"defects\":[]}\n```", "it is no JSON (line 1, byte 1)")]
    [TestCase("```{\"verdict\":\"ok\",\"defects\":[]}```", "it is no JSON (line 1, byte 1)")]
    public void ReadWritten_WhenWhatIsInTheFenceDoesNotMatch_OrMoreStandsAround_RefusesIt(string written, string told)
    {
        Assert.That(Schema(Inspection).ReadWritten(written, out var answer)?.ToString(), Is.EqualTo(told));
        Assert.That(answer, Is.Null);
    }

    [TestCase("defect", "defect")]
    [TestCase("\"defect\"", "defect")]
    [TestCase(" defect\n", "defect")]
    [TestCase("```\ndefect\n```", "defect")]
    public void ReadWritten_WhenTheSchemaTakesTexts_TakesThemWithAndWithoutQuotes(string written, string kept)
    {
        Assert.That(Schema("""{"type":"string","enum":["ok","defect"]}""").ReadWritten(written, out var answer), Is.Null);
        Assert.That(answer, Is.EqualTo(kept));
    }

    [TestCase("```json\n\"x\"\n```", "x")]
    [TestCase("null", "null")]
    public void ReadWritten_WhenTheSchemaTakesAnything_PrefersJsonToText(string written, string kept)
    {
        Assert.That(Schema("{}").ReadWritten(written, out var answer), Is.Null);
        Assert.That(answer, Is.EqualTo(kept));
    }

    [TestCase("\"  \"", "it must not be blank")]
    [TestCase("\"\\ud800\"", "it holds half a character")]
    public void ReadWritten_WhenATextIsNoAnswer_RefusesIt(string written, string told) =>
        Assert.That(Schema("""{"type":"string","maxLength":4}""").ReadWritten(written, out _)?.ToString(), Is.EqualTo(told));

    [Test]
    public void FaultOf_WhenAlternativesDoubleWithEachLevel_GivesUpInTime()
    {
        var schema = Schema("""{"anyOf":[{"type":"array","items":{"$ref":"#"},"minItems":9},{"type":"array","items":{"$ref":"#"},"maxItems":0}]}""");
        var clock = Stopwatch.StartNew();

        Assert.That(schema.FaultOf(new string('[', 60) + new string(']', 60))?.ToString(), Does.Contain("more steps"));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public void FaultOf_WhenAPatternWouldGoBackForEver_EndsAtOnce()
    {
        var schema = Schema("""{"type":"array","items":{"pattern":"^(a+)+$"}}""");

        Assert.That(schema.FaultOf($"[\"{new string('a', 50_000)}!\"]")?.ToString(), Is.EqualTo("/0 must match ^(a+)+$ (pattern)"));
    }

    [Test]
    public void FaultOf_WhenManyAskAtOnce_GivesEachItsOwn()
    {
        var schema = Schema("""{"type":"array","items":{"type":"integer"}}""");

        Parallel.For(0, 2000, i => Assert.That(
            schema.FaultOf($"[{string.Concat(Enumerable.Repeat("0,", i % 50))}{(i % 2 == 0 ? "1" : "true")}]")?.ToString(),
            Is.EqualTo(i % 2 == 0 ? null : $"/{i % 50} must be a whole number (type)")));
    }

    internal static OutputSchema Schema(string json) => OutputSchema.Compile(json).Value;
}
