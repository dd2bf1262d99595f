using System.Text.Json;
using Mirion.Generation.Application.Prompts;
using static Mirion.Generation.Application.UnitTests.Prompts.Templates;

namespace Mirion.Generation.Application.UnitTests.Prompts;

internal sealed class ItemDataTests
{
    private static readonly object[] Numbers =
    [
        new object[] { "0", 0L },
        new object[] { "-12", -12L },
        new object[] { "9223372036854775807", long.MaxValue },
        new object[] { "9223372036854775808", 9223372036854775808m },
        new object[] { "1.50", 1.50m },
        new object[] { "-0.001", -0.001m },
        new object[] { "1e3", 1000m },
        new object[] { "2.5E-3", 0.0025m },
        new object[] { "1234567890123456789012345678", 1234567890123456789012345678m },
        new object[] { "0.0000000000000000000000000001", 0.0000000000000000000000000001m },
        new object[] { "12345678901234567890123456789.5", 12345678901234567890123456789.5 },
        new object[] { "0.00000000000000000000000000001", 1e-29 },
        new object[] { "1e300", 1e300 },
        new object[] { "1e-99999999999", 0.0 },
    ];

    [TestCaseSource(nameof(Numbers))]
    public void From_WhenNumber_KeepsItExactWhereItCan(string json, object expected)
    {
        var value = Item($"{{\"x\":{json}}}")["x"];
        Assert.That(value, Is.TypeOf(expected.GetType()).And.EqualTo(expected));
    }

    [TestCase("1.50", "1.50")]
    [TestCase("100.000", "100.000")]
    [TestCase("-0.10", "-0.10")]
    public void From_WhenDecimal_KeepsItsScale(string json, string expected) => Assert.That(Rendered("{{x}}", $"{{\"x\":{json}}}"), Is.EqualTo(expected));

    [Test]
    public void From_WhenNested_KeepsShapeAndOrder()
    {
        var item = Item("""{"b":{"z":[1,{"y":null}],"a":true},"a":"x"}""");
        Assert.That(item.Keys, Is.EqualTo(new[] { "b", "a" }));
        var inner = (IReadOnlyDictionary<string, object?>)item["b"]!;
        Assert.That(inner.Keys, Is.EqualTo(new[] { "z", "a" }));
        var list = (IReadOnlyList<object?>)inner["z"]!;
        Assert.That(list[0], Is.EqualTo(1L));
        Assert.That(((IReadOnlyDictionary<string, object?>)list[1]!)["y"], Is.Null);
    }

    [Test]
    public void From_WhenMemberIsRepeated_TakesTheLast() => Assert.That(Item("""{"a":1,"a":2}"""), Is.EqualTo(new Dictionary<string, object?> { ["a"] = 2L }));

    [Test]
    public void From_WhenNoObject_Throws()
    {
        using var document = JsonDocument.Parse("[1]");
        Assert.That(() => ItemData.From(document.RootElement), Throws.ArgumentException);
    }

    [Test]
    public void From_WhenNestedTooDeep_Throws()
    {
        var json = "{\"a\":" + new string('[', 200) + new string(']', 200) + "}";
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
        Assert.That(() => ItemData.From(document.RootElement), Throws.ArgumentException);
    }

    [Test]
    public void From_WhenNestedAsDeepAsAllowed_Renders()
    {
        var json = "{\"a\":" + new string('[', 63) + new string(']', 63) + "}";
        Assert.That(Rendered("{{this}}", json), Is.EqualTo(json));
    }
}
