using static Mirion.Generation.Application.UnitTests.Prompts.Templates;

namespace Mirion.Generation.Application.UnitTests.Prompts;

internal sealed class RenderingBlocksTests
{
    private const string Json = """
        {"name":"N","zero":0,"none":null,"no":false,"empty":"","list":[{"a":1,"b":{"c":"x"}},{"a":2,"b":{"c":"y"}}],
         "words":["p","q"],"grid":[["1","2"],["3"]],"object":{"k1":"v1","k2":["w"]},"void":[],"hollow":{},"holes":[null,"x"],"blank":[null],
         "mixed":[{"a":1},"text",5,null,["l"]],"key":"k1"}
        """;

    [TestCase("{{#if name}}y{{else}}n{{/if}}", "y")]
    [TestCase("{{#if zero}}y{{else}}n{{/if}}{{#if none}}y{{else}}n{{/if}}{{#if no}}y{{else}}n{{/if}}{{#if empty}}y{{else}}n{{/if}}{{#if void}}y{{else}}n{{/if}}{{#if hollow}}y{{else}}n{{/if}}", "nnnnnn")]
    [TestCase("{{#unless zero}}u{{/unless}}{{#unless name}}u{{else}}e{{/unless}}", "ue")]
    [TestCase("{{#if zero}}a{{else if none}}b{{else if name}}c{{else}}d{{/if}}", "c")]
    [TestCase("{{#if zero}}a{{else unless name}}b{{else unless none}}c{{else}}d{{/if}}", "c")]
    [TestCase("{{#unless name}}a{{else if zero}}b{{else}}c{{/unless}}", "c")]
    [TestCase("{{#if zero}}a{{^}}b{{/if}}", "b")]
    [TestCase("{{#if zero includeZero=true}}y{{/if}}{{#if none includeZero=true}}y{{else}}n{{/if}}{{#if zero includeZero=false}}y{{else}}n{{/if}}", "ynn")]
    [TestCase("{{#if none}}a{{else if zero includeZero=true}}b{{/if}}{{#unless zero includeZero=true}}u{{else}}e{{/unless}}", "be")]
    [TestCase("{{#if name}}{{/if}}{{#each void}}{{else}}e{{/each}}{{#each words}}{{/each}}{{#with name}}{{/with}}", "e")]
    [TestCase("{{#if this}}y{{/if}}", "y")]
    public void Render_WhenTested_TakesTheBranch(string template, string expected) => Assert.That(Rendered(template, Json), Is.EqualTo(expected));

    [TestCase("{{#each words}}{{@index}}{{this}}{{#unless @last}},{{/unless}}{{/each}}", "0p,1q")]
    [TestCase("{{#each words}}{{@first}}/{{@last}}/{{@key}};{{/each}}", "true/false/0;false/true/1;")]
    [TestCase("{{#each words}}{{#if @index}}y{{else}}n{{/if}}{{/each}}", "ny")]
    [TestCase("{{#each object}}{{@index}}{{@key}}={{this}};{{/each}}", "0k1=v1;1k2=[\"w\"];")]
    [TestCase("{{#each list}}{{a}}{{b.c}}{{../name}}{{@root.name}};{{/each}}", "1xNN;2yNN;")]
    [TestCase("{{#each grid}}{{#each this}}{{@../index}}{{@index}}{{this}} {{/each}}{{/each}}", "001 012 103 ")]
    [TestCase("{{#each grid}}{{#each .}}{{../../name}}{{/each}}{{/each}}", "NNN")]
    [TestCase("{{#each void}}x{{else}}none {{name}}{{/each}}", "none N")]
    [TestCase("{{#each none}}x{{else}}none {{name}}{{/each}}{{#each hollow}}x{{else}}!{{/each}}", "none N!")]
    [TestCase("{{#with object}}{{#each k3}}x{{else}}{{../name}}{{/each}}{{/with}}", "N")]
    [TestCase("{{#each holes}}[{{this}}]{{/each}}", "[][x]")]
    [TestCase("{{#each blank}}[{{this}}{{x}}{{this.x.y}}{{#if x}}y{{/if}}{{{this}}}}]{{/each}}", "[}]")]
    [TestCase("{{#each mixed}}{{#if a}}{{a}}{{else}}{{this}}{{/if}};{{/each}}", "1;text;5;;[\"l\"];")]
    [TestCase("{{#each @root}}{{#if @first}}{{@key}}{{/if}}{{/each}}", "name")]
    [TestCase("{{#each list}}{{#if b}}{{#if ../zero}}z{{else}}{{../name}}{{/if}}{{/if}}{{/each}}", "NN")]
    public void Render_WhenGoneOver_WritesEachEntry(string template, string expected) => Assert.That(Rendered(template, Json), Is.EqualTo(expected));

    [TestCase("{{#each words as |w i|}}{{i}}{{w}}{{/each}}", "0p1q")]
    [TestCase("{{#each object as |v k|}}{{k}}{{v}}{{/each}}", "k1v1k2[\"w\"]")]
    [TestCase("{{#each list as |it i|}}{{#each ../words as |w j|}}{{i}}{{j}}{{it.b.c}}{{w}} {{/each}}{{/each}}", "00xp 01xq 10yp 11yq ")]
    [TestCase("{{#each words as |name|}}{{name}}{{../name}}{{[name]}}{{/each}}", null)]
    [TestCase("{{#each words as |name|}}{{name}}{{../name}}{{/each}}{{name}}", "pNqNN")]
    [TestCase("{{#with object as |o|}}{{o.k1}}{{k1}}{{#with ../name as |n|}}{{n}}{{o.k1}}{{/with}}{{/with}}", "v1v1Nv1")]
    [TestCase("{{#each void as |name|}}{{else}}{{name}}{{/each}}", "N")]
    [TestCase("{{#each list as |it|}}{{#with it.b as |b|}}{{b.c}}{{it.a}}{{@index}}{{/with}}{{/each}}", "x10y21")]
    public void Render_WhenEntriesAreNamed_FollowsTheNames(string template, string? expected)
    {
        var prompt = Compiled(template).Render(Item(Json));
        Assert.That(prompt.IsSuccess ? prompt.Value : null, Is.EqualTo(expected));
    }

    [TestCase("{{#with object}}{{k1}}{{../name}}{{this.k1}}{{./k1}}{{this/k1}}{{/with}}", "v1Nv1v1v1")]
    [TestCase("{{#with none}}x{{else}}{{name}}{{/with}}{{#with zero}}x{{else}}!{{/with}}", "N!")]
    [TestCase("{{#with @root}}{{name}}{{#with this as |me|}}{{me.name}}{{/with}}{{/with}}", "NN")]
    [TestCase("{{#with object}}{{#with ..}}{{name}}{{/with}}{{/with}}", "N")]
    [TestCase("{{list.0.a}}{{list.[1].b.c}}{{words.1}}{{words.length}}{{grid.0.1}}{{object.k2.0}}", "1yq22w")]
    [TestCase("{{lookup words 1}}{{lookup object 'k1'}}{{lookup object key}}{{lookup (lookup list 0) \"a\"}}", "qv1v11")]
    [TestCase("{{#each words}}{{lookup ../list @index}}{{/each}}", "{\"a\":1,\"b\":{\"c\":\"x\"}}{\"a\":2,\"b\":{\"c\":\"y\"}}")]
    [TestCase("{{#each list as |e i|}}{{lookup @root.words i}}{{/each}}{{lookup @root 'name'}}", "pqN")]
    [TestCase("{{#if (lookup object key)}}y{{/if}}{{#if (lookup object name)}}y{{else}}n{{/if}}{{#each (lookup grid 0)}}{{this}}{{/each}}", "yn12")]
    [TestCase("{{#with (lookup object \"k2\")}}{{this.0}}{{/with}}{{lookup object (lookup this 'key')}}", "wv1")]
    [TestCase("{{none.deeper.still}}[{{#each holes}}{{this.x}}{{#if @first}}{{else}}{{/if}}{{/each}}", null)]
    [TestCase("{{none.deeper.still}}[{{holes.0.x}}]", "[]")]
    public void Render_WhenReachedInto_FollowsThePath(string template, string? expected)
    {
        var prompt = Compiled(template).Render(Item(Json));
        Assert.That(prompt.IsSuccess ? prompt.Value : null, Is.EqualTo(expected));
    }

    [TestCase("0", "p")]
    [TestCase("\"1\"", "q")]
    [TestCase("\"length\"", "2")]
    [TestCase("-1", null)]
    [TestCase("2", null)]
    [TestCase("99999999999", null)]
    [TestCase("1.0", null)]
    [TestCase("null", null)]
    [TestCase("[0]", null)]
    public void Render_WhenLookedUpInAList_TakesIndexes(string key, string? expected)
    {
        var prompt = Compiled("{{lookup list key}}").Render(Item($"{{\"list\":[\"p\",\"q\"],\"key\":{key}}}"));
        Assert.That(prompt.IsSuccess ? prompt.Value : null, Is.EqualTo(expected));
    }

    [TestCase("{{lookup object key}}", "2.50", "scaled")]
    [TestCase("{{lookup object key}}", "7", "whole")]
    [TestCase("{{lookup object key}}", "true", "yes")]
    [TestCase("{{lookup object key}}", "1e-40", "tiny")]
    [TestCase("{{lookup object \"it's \\\"so\\\"\"}}{{lookup object 'it\\'s \"so\"'}}", "0", "quotedquoted")]
    [TestCase("{{lookup object 'a\\b'}}{{object.[a\\b]}}", "0", "slashslash")]
    public void Render_WhenLookedUpInAnObject_TakesTheTextOfTheKey(string template, string key, string expected)
    {
        var item = new Dictionary<string, object?>
        {
            ["object"] = new Dictionary<string, object?> { ["2.50"] = "scaled", ["7"] = "whole", ["true"] = "yes", ["1E-40"] = "tiny", ["it's \"so\""] = "quoted", ["a\\b"] = "slash" },
            ["key"] = Item($"{{\"key\":{key}}}")["key"],
        };
        Assert.That(Rendered(template, item), Is.EqualTo(expected));
    }

    [TestCase("a\n{{#if x}}\nb\n{{else}}\nc\n{{/if}}\nd", "a\nb\nd")]
    [TestCase("a\r\n  {{#if x}}  \r\nb\r\n  {{/if}}\r\nd\r\n", "a\r\nb\r\nd\r\n")]
    [TestCase("a\n{{! note }}\nb\n{{!-- }} --}}\nc", "a\nb\nc")]
    [TestCase("{{#each l}}\n- {{this}}\n{{/each}}\nend\n", "- 1\n- 2\nend\n")]
    [TestCase("a {{#if x}} b {{/if}} c", "a  b  c")]
    [TestCase("a\n{{x}}\nb", "a\n1\nb")]
    [TestCase("a  {{~x~}}  b", "a1b")]
    [TestCase("a \n {{~#if x~}} \n b \n {{~/if~}} \n c", "abc")]
    [TestCase("{{#if x~}} b {{~else~}} c {{~/if}}", "b")]
    [TestCase("a {{~! c }} b", "a b")]
    [TestCase("a\n\n\n{{#if x}}\n\nb\n\n{{/if}}\n\n\nc", "a\n\n\n\nb\n\n\n\nc")]
    [TestCase("{{ x }} {{\nx\n}} {{ #if  x }}y{{ /if }}{{# if x}}z{{/ if}}", "1 1 yz")]
    public void Render_WhenTagsStandInWhiteSpace_FollowsHandlebars(string template, string expected) =>
        Assert.That(Rendered(template, """{"x":1,"l":[1,2]}"""), Is.EqualTo(expected));

    [TestCase(@"\{{x}}", "{{x}}")]
    [TestCase(@"\\{{x}}", @"\1")]
    [TestCase(@"\\\{{x}}", @"\\1")]
    [TestCase(@"C:\\{dir} \{a} \\ \n \", @"C:\\{dir} \{a} \\ \n \")]
    [TestCase(@"\{{{x}}} \{{{{x}}", @"{{{x}}} {{1")]
    [TestCase("""{"a": {{{x}}}}""", """{"a": 1}""")]
    [TestCase("""{"a": { "b": {{x}} } }""", """{"a": { "b": 1 } }""")]
    [TestCase("{{!c}}}{{{x}}}}}} } }} {{x}} }}", "}1}}} } }} 1 }}")]
    [TestCase("{{!--c--}}{{!}}x{ }{{! { }}", "x{ }")]
    public void Render_WhenTextHoldsBracesAndBackslashes_WritesThemAsMeant(string template, string expected) =>
        Assert.That(Rendered(template, """{"x":1}"""), Is.EqualTo(expected));

    [TestCase("{{missing}}", "Line 1, column 3: this item has no \"missing\".")]
    [TestCase("{{#if missing}}{{/if}}", "Line 1, column 7: this item has no \"missing\".")]
    [TestCase("\n {{#each list}}{{#unless ../missing.x}}{{/unless}}{{/each}}", "Line 2, column 29: this item has no \"missing\".")]
    [TestCase("{{#with list}}{{@root.missing}}{{/with}}", "Line 1, column 23: this item has no \"missing\".")]
    [TestCase("{{Name}}", "Line 1, column 3: this item has no \"Name\".")]
    [TestCase("{{object.k3}}", "Line 1, column 10: in this item \"object.k3\" leads nowhere: there is no \"k3\". Where it may be missing, print it inside {{#if …}}.")]
    [TestCase("{{object.k3.deeper}}", "Line 1, column 10: in this item \"object.k3.deeper\" leads nowhere: there is no \"k3\". Where it may be missing, print it inside {{#if …}}.")]
    [TestCase("{{#each list}}{{c}}{{/each}}", "Line 1, column 17: in this item \"c\" leads nowhere: there is no \"c\". Where it may be missing, print it inside {{#if …}}.")]
    [TestCase("{{words.2}}", "Line 1, column 9: in this item \"words.2\" leads nowhere: there is no \"2\". Where it may be missing, print it inside {{#if …}}.")]
    [TestCase("{{lookup object name}}", "Line 1, column 3: in this item \"lookup object name\" finds nothing. Where it may be missing, print it inside {{#if …}}.")]
    [TestCase("{{lookup object none}}", "Line 1, column 3: in this item \"lookup object none\" finds nothing. Where it may be missing, print it inside {{#if …}}.")]
    [TestCase("{{lookup object.k3 key}}", "Line 1, column 17: in this item \"object.k3\" leads nowhere: there is no \"k3\". Where it may be missing, print it inside {{#if …}}.")]
    public void Render_WhenWhatIsPrintedIsMissing_Fails(string template, string message)
    {
        var error = Compiled(template).Render(Item(Json)).Error;
        Assert.That(error, Is.Not.Null);
        Assert.That((error!.Code, error.Message), Is.EqualTo(("template_variable_missing", message)));
    }

    [TestCase("{{#each name}}{{/each}}", "\"name\" is text.")]
    [TestCase("{{#each list}}{{#each a}}{{/each}}{{/each}}", "\"a\" is a number.")]
    [TestCase("{{#with list}}{{#each ../yes}}{{/each}}{{/with}}", "\"../yes\" is true or false.")]
    public void Render_WhenGoneOverIsOneValue_Fails(string template, string message)
    {
        var item = new Dictionary<string, object?>(Item(Json)) { ["yes"] = true };
        var error = Compiled(template).Render(item).Error;
        Assert.That(error?.Code, Is.EqualTo("template_value_unsuitable"));
        Assert.That(error!.Message, Does.EndWith(message));
    }

    [TestCase("{{#if object.k3}}y{{else}}n{{/if}}{{#unless object.k3.deeper}}u{{/unless}}{{#with object.k3}}w{{else}}e{{/with}}{{#each object.k3}}x{{else}}e{{/each}}", "nuee")]
    public void Render_WhenWhatIsTestedIsMissingInside_CountsAsFalse(string template, string expected) => Assert.That(Rendered(template, Json), Is.EqualTo(expected));
}
