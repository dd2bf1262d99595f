using Mirion.Generation.Application.Prompts;
using static Mirion.Generation.Application.UnitTests.Prompts.Templates;

namespace Mirion.Generation.Application.UnitTests.Prompts;

internal sealed class TemplateVariableListTests
{
    /// <summary>« stands before each variable that is to be found, and is not part of the template.</summary>
    [TestCase("no variable", "")]
    [TestCase("{{«a}} {{«b.c}} {{«a}}", "a b a")]
    [TestCase("x\n  {{ «a }}\r\n{{~{«b}~}}\n\n{{{ «c }}}", "a b c")]
    [TestCase("{{#if «a}}{{else if «b}}{{/if}}{{#unless «c}}{{/unless}}{{#with «d}}{{/with}}{{#each «e}}{{/each}}", "a b c d e")]
    [TestCase("{{#each «a}}{{b}}{{../«c}}{{@root.«d}}{{this.e}}{{@index}}{{/each}}", "a c d")]
    [TestCase("{{#each «a as |x i|}}{{x.b}}{{i}}{{../«x}}{{#with x as |y|}}{{y}}{{i}}{{../../«i}}{{/with}}{{/each}}", "a x i")]
    [TestCase("{{#each «a as |x|}}{{else}}{{«x}}{{/each}}{{«x}}", "a x x")]
    [TestCase("{{#with this}}{{«a}}{{/with}}{{#with @root as |r|}}{{r.«b}}{{«c}}{{/with}}{{#each this}}{{d}}{{/each}}", "a b c")]
    [TestCase("{{#with «a}}{{#with ..}}{{«b}}{{/with}}{{#with ../«c}}{{d}}{{/with}}{{/with}}", "a b c")]
    [TestCase("{{this.«a}} {{./«b}} {{this/«c}} {{«[d e]}} {{this.«[f]}}", "a b c d_e f")]
    [TestCase("{{lookup «a «b}} {{lookup this «'c'}} {{#if (lookup «d 0)}}{{/if}} {{#each «d}}{{lookup ../«e @index}}{{/each}}", "a b c d d e")]
    [TestCase("{{! a }} {{!-- {{b}} --}} \\{{c}} \\\\{{«d}} {{@root}} {{.}}", "d")]
    [TestCase("Größe😀{{«a}}{{{«b}}}", "a b")]
    public void Variables_WhenTemplateRefersToColumns_ListsThemWithPlaces(string marked, string names)
    {
        var template = marked.Replace("«", "", StringComparison.Ordinal);
        var pieces = marked.Split('«')[..^1];
        var places = pieces.Select((_, n) => string.Concat(pieces[..(n + 1)])).Select(before => (before.Split('\n').Length, before.Split('\n')[^1].Length + 1));
        var expected = places.Zip(names.Split(' '), (place, name) => new TemplateVariable(name.Replace('_', ' '), place.Item1, place.Item2));
        Assert.That(Compiled(template).Variables, Is.EqualTo(expected));
    }
}
