using System.Globalization;
using static Mirion.Generation.Application.UnitTests.Prompts.Templates;

namespace Mirion.Generation.Application.UnitTests.Prompts;

internal sealed class RenderingValuesTests
{
    [TestCase("{{x}}")]
    [TestCase("{{{x}}}")]
    [TestCase("{{~{x}~}}")]
    public void Render_WhenTextHoldsMarkup_NeverEscapes(string template) =>
        Assert.That(Rendered(template, """{"x":"<b>\"A\" & 'B'</b>"}"""), Is.EqualTo("<b>\"A\" & 'B'</b>"));

    [TestCase("{{y}}")]
    [TestCase("{{#if y}}{{y}}{{/if}}")]
    [TestCase("{{{{raw}}}} {{> p}}")]
    public void Render_WhenTextHoldsTemplateSyntax_WritesItVerbatim(string cell) =>
        Assert.That(Rendered("[{{x}}]", new Dictionary<string, object?> { ["x"] = cell, ["y"] = "no" }), Is.EqualTo($"[{cell}]"));

    [TestCase("1.50", "1.50")]
    [TestCase("100.0", "100.0")]
    [TestCase("0.930", "0.930")]
    [TestCase("-7", "-7")]
    [TestCase("9223372036854775807", "9223372036854775807")]
    [TestCase("1e-40", "1E-40")]
    [TestCase("0.1234567890123456789012345678901234", "0.12345678901234568")]
    [TestCase("true", "true")]
    [TestCase("false", "false")]
    [TestCase("null", "")]
    [TestCase("\"\"", "")]
    [TestCase("{}", "{}")]
    [TestCase("[]", "[]")]
    [TestCase("""{"k":[1,2.50,null,true,"é\n\"q\" 😀 </b>"],"o":{"p":1}}""", """{"k":[1,2.50,null,true,"é\n\"q\" 😀 </b>"],"o":{"p":1}}""")]
    public void Render_WhenValueIsOfAnyKind_WritesItInvariantly(string json, string expected) =>
        Assert.That(Rendered("{{x}}", $"{{\"x\":{json}}}"), Is.EqualTo(expected));

    [Test]
    public void Render_WhenCultureDiffers_WritesNumbersAlike()
    {
        var (before, decimalComma) = (CultureInfo.CurrentCulture, (CultureInfo)CultureInfo.InvariantCulture.Clone());
        (decimalComma.NumberFormat.NumberDecimalSeparator, decimalComma.NumberFormat.NegativeSign) = (",", "−");
        try
        {
            CultureInfo.CurrentCulture = decimalComma;
            Assert.That(Rendered("{{x}} {{y}} {{z}} {{l}}", """{"x":-1.50,"y":-1e-40,"z":-3,"l":[-1.5]}"""), Is.EqualTo("-1.50 -1E-40 -3 [-1.5]"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void Render_WhenDoubleIsNotFinite_WritesItsName() =>
        Assert.That(Rendered("{{x}} {{l}}", new Dictionary<string, object?> { ["x"] = double.NaN, ["l"] = new object?[] { double.PositiveInfinity } }), Is.EqualTo("NaN [\"Infinity\"]"));

    [Test]
    public void Render_WhenItemIsPrintedWhole_WritesAllColumns() =>
        Assert.That(Rendered("{{this}}|{{@root}}|{{.}}", """{"b":1,"a":"x"}"""), Is.EqualTo("""{"b":1,"a":"x"}|{"b":1,"a":"x"}|{"b":1,"a":"x"}"""));

    [Test]
    public void Render_WhenValueIsOfAnotherType_Throws() =>
        Assert.That(() => Compiled("{{x}}").Render(Item("x", TimeSpan.Zero)), Throws.InstanceOf<NotSupportedException>());

    [TestCase("a")]
    [TestCase("Order Date")]
    [TestCase("a/b.c")]
    [TestCase("x..y")]
    [TestCase("..")]
    [TestCase("this")]
    [TestCase("if")]
    [TestCase("each")]
    [TestCase("lookup")]
    [TestCase("Lookup")]
    [TestCase("log")]
    [TestCase("else")]
    [TestCase("true")]
    [TestCase("null")]
    [TestCase("0")]
    [TestCase("key")]
    [TestCase("value")]
    [TestCase("index")]
    [TestCase("first")]
    [TestCase("root")]
    [TestCase("parent")]
    [TestCase("v0")]
    [TestCase("loop")]
    [TestCase("at")]
    [TestCase("#if x")]
    [TestCase("}}")]
    [TestCase("{{x}}")]
    [TestCase("\"q\" 'r'")]
    [TestCase("größe 尺寸")]
    [TestCase("zero\u200bwidth")]
    public void Render_WhenColumnHasAnyName_FindsItInBrackets(string column)
    {
        var item = new Dictionary<string, object?> { [column] = "found", ["list"] = new object?[] { "entry" } };
        var template = $"{{{{[{column}]}}}} {{{{this.[{column}]}}}} {{{{#each list as |e i|}}}}{{{{@root.[{column}]}}}} {{{{../[{column}]}}}}{{{{/each}}}}";
        Assert.That(Rendered(template, item), Is.EqualTo("found found found found"));
    }

    [TestCase("value")]
    [TestCase("key")]
    [TestCase("index")]
    [TestCase("order-date")]
    [TestCase("2nd")]
    [TestCase("Größe")]
    [TestCase("a:b")]
    [TestCase("$x_1")]
    public void Render_WhenNameIsPlain_NeedsNoBrackets(string column) =>
        Assert.That(Rendered($"{{{{{column}}}}}", Item(column, "found")), Is.EqualTo("found"));

    [Test]
    public void Render_WhenNamesDifferInCaseAlone_KeepsThemApart() =>
        Assert.That(Rendered("{{name}} {{NAME}} {{Name}}", """{"name":1,"NAME":2,"Name":3}"""), Is.EqualTo("1 2 3"));

    [Test]
    public void MapColumns_WhenVariableIsMapped_ReadsTheColumn()
    {
        var template = Compiled("{{text}} {{other}} {{#each list}}{{text}}{{../text}}{{/each}}");
        var item = Item("""{"body":"B","other":"O","list":[{"text":"T"}]}""");
        Assert.That(template.MapColumns(new Dictionary<string, string> { ["text"] = "body" }).Render(item).Value, Is.EqualTo("B O TB"));
        Assert.That(template.Render(item).Error!.Message, Is.EqualTo("Line 1, column 3: this item has no \"text\"."));
    }

    [TestCase("""{"a":null,"b":" \t\n"}""", false)]
    [TestCase("""{"a":{},"b":[]}""", false)]
    [TestCase("""{"a":null,"b":0}""", true)]
    [TestCase("""{"a":"x","b":null}""", true)]
    [TestCase("""{"a":false,"b":null}""", true)]
    [TestCase("""{"id":"1"}""", false)]
    public void HasData_WhenColumnsAreBlank_SaysSo(string json, bool expected) =>
        Assert.That(Compiled("{{a}} {{#if b}}{{b}}{{/if}}").HasData(Item(json)), Is.EqualTo(expected));

    [Test]
    public void HasData_WhenTemplateNamesNoColumn_HoldsUnlessTheItemIsPrinted()
    {
        Assert.That(Compiled("fixed").HasData(Item("a", null)), Is.True);
        Assert.That(Compiled("{{this}}").HasData(Item("a", null)), Is.False);
        Assert.That(Compiled("{{#each @root}}{{this}}{{/each}}").HasData(Item("a", "x")), Is.True);
    }

    [Test]
    public void HasData_WhenMapped_LooksAtTheColumn()
    {
        var mapped = Compiled("{{a}}").MapColumns(new Dictionary<string, string> { ["a"] = "b" });
        Assert.That(mapped.HasData(Item("b", "x")), Is.True);
        Assert.That(mapped.HasData(Item("a", "x")), Is.False);
    }
}
