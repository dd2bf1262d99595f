using Mirion.Generation.Application.Prompts;
using static Mirion.Generation.Application.UnitTests.Prompts.Templates;

namespace Mirion.Generation.Application.UnitTests.Prompts;

/// <summary>A template is a stranger's text, and so is an item.</summary>
internal sealed class TemplateSafetyTests
{
    private static readonly string[] Clr =
    [
        "Length", "Count", "Keys", "Values", "Comparer", "Item", "Chars", "GetType", "ToString", "Capacity", "Rank", "SyncRoot",
        "LongLength", "IsFixedSize", "Scale", "MaxValue", "HasData", "Columns", "EqualityContract", "Empty", "Value", "Key",
    ];

    private static readonly object[] Values =
    [
        "abc", 1L, 1.5m, 1.5, true, new Dictionary<string, object?> { ["a"] = 1L }, new object?[] { 1L }, new List<object?> { 1L },
    ];

    [Test]
    public void Render_WhenPathNamesANetMember_ReachesNothing([ValueSource(nameof(Clr))] string member)
    {
        CompiledTemplate[] templates =
        [
            Compiled($"{{{{x.{member}}}}}"), Compiled($"{{{{#with x}}}}{{{{{member}}}}}{{{{/with}}}}"), Compiled("{{lookup x name}}"), Compiled($"{{{{this.{member}}}}}"),
        ];
        using (Assert.EnterMultipleScope())
        {
            foreach (var value in Values)
            {
                var item = new Dictionary<string, object?> { ["x"] = value, ["name"] = member };
                Assert.That(templates.Select(template => template.Render(item).Error?.Code), Is.All.EqualTo("template_variable_missing"), $"{member} of {value}");
            }
        }
    }

    [Test]
    public void Render_WhenPromptGrowsTooLarge_StopsEarly()
    {
        var touched = 0;
        var list = new CountingList(100_000, () => touched++, new string('x', 1000));
        var error = Compiled("{{#each list}}{{this}}{{/each}}").Render(Item("list", list)).Error;
        Assert.That(error?.Code, Is.EqualTo("prompt_too_large"));
        Assert.That(touched, Is.LessThanOrEqualTo(1001));
    }

    [Test]
    public void Render_WhenPromptIsJustAsLongAsAllowed_Passes()
    {
        Assert.That(Rendered("{{x}}", Item("x", new string('x', PromptLimits.RenderedLength))), Has.Length.EqualTo(PromptLimits.RenderedLength));
        Assert.That(Compiled("{{x}}!").Render(Item("x", new string('x', PromptLimits.RenderedLength))).Error?.Code, Is.EqualTo("prompt_too_large"));
        Assert.That(Rendered("{{x}}", Item("x", "small")), Is.EqualTo("small"), "after a failed rendering the next one starts afresh");
    }

    [Test]
    public void Render_WhenJsonGrowsTooLarge_StopsEarly()
    {
        var touched = 0;
        var list = new CountingList(1_000_000, () => touched++, new string('x', 1000));
        Assert.That(Compiled("{{list}}").Render(Item("list", list)).Error?.Code, Is.EqualTo("prompt_too_large"));
        Assert.That(touched, Is.LessThan(3100));
    }

    [Test]
    public void Render_WhenLoopsMultiplyWithoutWriting_Stops()
    {
        var template = string.Concat(Enumerable.Repeat("{{#each @root.list}}", 8)) + "{{#if @first}}{{/if}}" + string.Concat(Enumerable.Repeat("{{/each}}", 8));
        var error = Compiled(template).Render(Item("list", new object?[1000])).Error;
        Assert.That(error?.Code, Is.EqualTo("prompt_too_large"));
        Assert.That(error!.Message, Is.EqualTo("Line 1, column 149: the loops of this template take more than 2,000,000 steps for this item."));
    }

    [TestCase(1_000, null)]
    [TestCase(1_100, "prompt_too_large")]
    public void Render_WhenLoopHasAHeavyBody_CountsItsTags(int entries, string? code)
    {
        var template = Compiled("{{#each list}}" + string.Concat(Enumerable.Repeat("{{#if @last}}{{/if}}", 950)) + "{{/each}}");
        Assert.That(template.Render(Item("list", new object?[entries])).Error?.Code, Is.EqualTo(code));
    }

    [Test]
    public void Render_WhenJsonIsNestedTooDeep_Fails()
    {
        object?[] value = [];
        for (var depth = 0; depth < 100; depth++) value = [value];
        Assert.That(Compiled("{{x}}").Render(Item("x", value)).Error?.Code, Is.EqualTo("template_value_unsuitable"));
    }

    [TestCase("if")]
    [TestCase("unless")]
    [TestCase("each")]
    [TestCase("with")]
    public void Compile_WhenBlocksAreNestedAsDeepAsAllowed_Passes(string block)
    {
        string Nested(int depth) => string.Concat(Enumerable.Repeat($"{{{{#{block} this}}}}", depth)) + "x" + string.Concat(Enumerable.Repeat($"{{{{/{block}}}}}", depth));
        Assert.That(CompiledTemplate.Compile(Nested(PromptLimits.Depth)).Error, Is.Null);
        Assert.That(CompiledTemplate.Compile(Nested(PromptLimits.Depth + 1)).Error?.Code, Is.EqualTo("template_syntax"));
        Assert.That(CompiledTemplate.Compile(Nested(5000)).Error?.Code, Is.EqualTo("template_syntax"));
    }

    [Test]
    public void Compile_WhenElseIfChainIsTooLong_IsRefused()
    {
        string Chain(int links) => "{{#if x}}" + string.Concat(Enumerable.Repeat("{{else if x}}", links)) + "{{/if}}";
        Assert.That(CompiledTemplate.Compile(Chain(PromptLimits.Depth - 1)).Error, Is.Null);
        Assert.That(CompiledTemplate.Compile(Chain(PromptLimits.Depth)).Error?.Code, Is.EqualTo("template_syntax"));
        Assert.That(CompiledTemplate.Compile(string.Concat(Enumerable.Repeat(Chain(1), PromptLimits.Depth + 1))).Error, Is.Null, "side by side is not nested");
    }

    [Test]
    public void Compile_WhenLookupsAreNestedTooDeep_IsRefused()
    {
        string Nested(int depth) => "{{" + string.Concat(Enumerable.Repeat("lookup (", depth)) + "lookup x 0" + string.Concat(Enumerable.Repeat(") 0", depth)) + "}}";
        Assert.That(CompiledTemplate.Compile(Nested(PromptLimits.Depth)).Error, Is.Null);
        Assert.That(CompiledTemplate.Compile(Nested(PromptLimits.Depth + 1)).Error?.Code, Is.EqualTo("template_syntax"));
        Assert.That(CompiledTemplate.Compile(Nested(20_000)).Error?.Code, Is.EqualTo("template_syntax"));
    }

    [Test]
    public void Compile_WhenSourceIsTooLong_IsRefused()
    {
        Assert.That(CompiledTemplate.Compile(new string('x', PromptLimits.SourceLength)).Error, Is.Null);
        Assert.That(CompiledTemplate.Compile(new string('x', PromptLimits.SourceLength + 1)).Error?.Code, Is.EqualTo("template_syntax"));
    }

    [TestCase("{{x}}")]
    [TestCase(@"\{{")]
    public void Compile_WhenThereAreTooManyTags_IsRefused(string tag) =>
        Assert.That(CompiledTemplate.Compile(string.Concat(Enumerable.Repeat(tag + " ", PromptLimits.Tags + 1))).Error?.Code, Is.EqualTo("template_syntax"));

    [Test]
    public void Render_WhenCalledFromManyThreads_NeverMixesItems()
    {
        var template = Compiled("{{id}}:{{#each list as |entry i|}}{{../id}}.{{i}}.{{entry.a}}{{#if entry.b}}+{{/if}};{{else}}none {{id}}{{/each}}{{missing}}");
        var failing = Compiled("{{#each list}}{{#with this}}{{nowhere}}{{/with}}{{/each}}{{missing}}");
        Parallel.For(0, 20_000, n =>
        {
            var list = Enumerable.Range(0, n % 4).Select(i => (object?)new Dictionary<string, object?> { ["a"] = $"{n}-{i}", ["b"] = i % 2 == 0 ? (object)(long)i : null }).ToArray();
            var item = new Dictionary<string, object?> { ["id"] = (long)n, ["list"] = list, ["missing"] = null };
            var entries = string.Concat(Enumerable.Range(0, n % 4).Select(i => $"{n}.{i}.{n}-{i}{(i == 2 ? "+" : "")};"));
            var expected = $"{n}:{(n % 4 == 0 ? $"none {n}" : entries)}";
            var prompt = template.Render(item);
            if (prompt.Error is not null || prompt.Value != expected) throw new InvalidOperationException($"{expected} became {prompt.Error?.Message ?? prompt.Value}");
            if (failing.Render(item).IsSuccess != (n % 4 == 0)) throw new InvalidOperationException($"{n} should {(n % 4 == 0 ? "" : "not ")}render");
        });
    }

    /// <summary>A list that says how much of it was read.</summary>
    private sealed class CountingList(int count, Action touched, string entry) : IReadOnlyList<object?>
    {
        public int Count => count;

        public object? this[int index]
        {
            get
            {
                touched();
                return entry;
            }
        }

        public IEnumerator<object?> GetEnumerator()
        {
            for (var i = 0; i < count; i++) yield return this[i];
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
