using Mirion.Generation.Application.Schemas;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.UnitTests.Schemas;

/// <summary>A schema that is none, or asks what answers cannot be held to, is refused with the place.</summary>
public sealed class SchemaRefusalTests
{
    [TestCase("""{"type":"strng"}""", "/type: a type is one of array, boolean, integer, null, number, object, string, or a list of them.")]
    [TestCase("""{"type":["string",7]}""", "/type: a type is one of")]
    [TestCase("""{"type":[]}""", "/type: give a list that is not empty.")]
    [TestCase("""{"properties":{"a":{"minLength":-1}}}""", "/properties/a/minLength: give a whole number from 0 on.")]
    [TestCase("""{"properties":{"a/b":{"items":{"maximum":"9"}}}}""", "/properties/a~1b/items/maximum: give a number")]
    [TestCase("""{"properties":[]}""", "/properties: give an object of schemas by name.")]
    [TestCase("""{"properties":{"a":"string"}}""", "/properties/a: a schema is an object, true or false.")]
    [TestCase("""{"items":[{"type":"string"}]}""", "/items: a schema is an object, true or false.")]
    [TestCase("""{"required":"a"}""", "/required: give a list.")]
    [TestCase("""{"required":[1]}""", "/required: give text.")]
    [TestCase("""{"enum":[]}""", "/enum: give a list that is not empty.")]
    [TestCase("""{"uniqueItems":"yes"}""", "/uniqueItems: give true or false.")]
    [TestCase("""{"multipleOf":0}""", "/multipleOf: give a number above 0.")]
    [TestCase("""{"exclusiveMinimum":true}""", "/exclusiveMinimum: give a number")]
    [TestCase("""{"anyOf":[{"type":"null"},{"pattern":"("}]}""", "/anyOf/1/pattern: it is no regular expression")]
    [TestCase("""{"pattern":"(?=a)b"}""", "/pattern: it is no regular expression, or one with look-around")]
    [TestCase("""{"pattern":"(((a{1000}){1000}){1000})"}""", "/pattern: it is no regular expression")]
    [TestCase("""{"requird":["a"]}""", "/requird: answers are not held to \"requird\". Is required meant?")]
    [TestCase("""{"if":{},"then":{}}""", "/if: answers are not held to \"if\".")]
    [TestCase("""{"properties":{"a":{"$id":"https://example.com/a"}}}""", "/properties/a/$id: answers are not held to")]
    public void Compile_WhenAKeywordCannotBeRight_NamesItsPlace(string schema, string told) => Assert.That(Refusal(schema).Fields["output_schema"], Has.Some.StartsWith(told));

    [TestCase("https://example.com/schema.json")]
    [TestCase("file:///etc/passwd")]
    [TestCase("other.json#/definitions/a")]
    [TestCase("#anchor")]
    [TestCase("//example.com/a")]
    [TestCase("")]
    public void Compile_WhenAReferenceLeadsOutOfTheSchema_IsRefused(string reference) => Assert.That(
        Refusal("""{"properties":{"a":{"$ref":"REF"}}}""".Replace("REF", reference, StringComparison.Ordinal)).Fields["output_schema"],
        Is.EqualTo(new[] { "/properties/a/$ref: a reference leads to a place in this schema and nowhere else, such as #/$defs/name; nothing is fetched." }));

    [TestCase("#/$defs/b")]
    [TestCase("#/required/1")]
    [TestCase("#/required/x")]
    public void Compile_WhenAReferenceLeadsNowhere_IsRefused(string reference) => Assert.That(
        Refusal("""{"$defs":{"a":{}},"required":["a"],"properties":{"a":{"$ref":"REF"}}}""".Replace("REF", reference, StringComparison.Ordinal)).Fields["output_schema"],
        Is.EqualTo(new[] { "/properties/a/$ref: it leads to nothing in this schema." }));

    [TestCase("""{"$ref":"#"}""")]
    [TestCase("""{"allOf":[{"$ref":"#"}]}""")]
    [TestCase("""{"anyOf":[{"type":"null"},{"$ref":"#/$defs/a"}],"$defs":{"a":{"oneOf":[{"not":{"$ref":"#"}}]}}}""")]
    [TestCase("""{"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}""")]
    public void Compile_WhenASchemaComesBackToItself_IsRefused(string schema) => Assert.That(Refusal(schema).Message, Does.Contain("it refers to itself"));

    [TestCase(17)]
    [TestCase(5000)]
    public void Compile_WhenReferencesLeadTooDeep_IsRefused(int depth)
    {
        var definitions = Enumerable.Range(0, Math.Min(depth, 900)).Select(i => $$"""  "d{{i}}":{"$ref":"#/$defs/d{{i + 1}}"}  """);

        Assert.That(Refusal($"{{\"$defs\":{{{string.Join(",", definitions)},\"d{Math.Min(depth, 900)}\":{{}}}}}}").Message, Does.Contain("at most 16 levels"));
    }

    [Test]
    public void Compile_WhenThereAreTooManySchemas_IsRefused()
    {
        var properties = string.Join(",", Enumerable.Range(0, 1001).Select(i => $"\"p{i}\":{{}}"));

        Assert.That(Refusal($"{{\"properties\":{{{properties}}}}}").Fields["output_schema"], Has.Length.EqualTo(1).And.Some.Contains("at most 1000"));
    }

    [Test]
    public void Compile_WhenTheSchemaIsTooLong_IsRefused() => Assert.That(Refusal($$"""{"title":"{{new string('a', 70_000)}}"}""").Message, Does.Contain("65536"));

    [TestCase("""{"type":"object","type":"array"}""")]
    [TestCase("""{"title":"\ud800"}""")]
    [TestCase("""{"enum":["\ud800"]}""")]
    public void Compile_WhenTheJsonIsAmbiguous_IsRefused(string schema)
    {
        if (schema.Contains("title", StringComparison.Ordinal)) Assert.That(OutputSchema.Compile(schema).IsSuccess, "a remark is not read");
        else Assert.That(Refusal(schema).Message, Does.Contain("different names"));
    }

    [Test]
    public void Compile_WhenMuchIsWrong_NamesTenFaults()
    {
        var properties = string.Join(",", Enumerable.Range(0, 30).Select(i => $"\"p{i}\":{{\"type\":\"x\"}}"));

        Assert.That(Refusal($"{{\"properties\":{{{properties}}}}}").Fields["output_schema"], Has.Length.EqualTo(10));
    }

    [TestCase("""{"$id":"https://example.com/verdict","$comment":"c","title":"t","description":"d","default":1,"examples":[1],"deprecated":true,"readOnly":true,"writeOnly":false,"x-order":[1]}""")]
    [TestCase("""{"properties":{"a":true,"b":false},"additionalProperties":true}""")]
    [TestCase("""{"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#"}}}}""")]
    public void Compile_WhenASchemaIsSound_TakesIt(string schema) => Assert.That(OutputSchema.Compile(schema).Error, Is.Null);

    private static Error Refusal(string schema)
    {
        var error = OutputSchema.Compile(schema).Error!;
        Assert.That((error.Kind, error.Code), Is.EqualTo((ErrorKind.Unprocessable, "output_schema_invalid")));
        return error;
    }
}
