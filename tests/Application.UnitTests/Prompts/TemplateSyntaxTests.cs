using System.Text;
using Mirion.Generation.Application.Prompts;
using Mirion.Generation.Domain.Common;
using Snapshooter.NUnit;

namespace Mirion.Generation.Application.UnitTests.Prompts;

internal sealed class TemplateSyntaxTests
{
    private static readonly string[] Refused =
    [
        // Braces and tags
        "{{name", "{{name}", "{{name }\n", "a\n  {{name", "{{{name}}", "{{{name}", "{{name}}}", "{{~name~}", "{{{~name~}}}", "{{{{name}}}}",
        "{\"a\":{{{{x}}}}}", "{{}}", "{{ }}", "{{{}}}", "{{~}}", "{{! note", "{{!-- note }}", "{{! note ~}}", "{{!-- note --~}}",

        // Names and paths
        "{{a+b}}", "{{a b}}", "{{a.}}", "{{a..b}}", "{{.a}}", "{{a/b}}", "{{a.this}}", "{{a.this.b}}", "{{[a}}", "{{[]}}", "{{[a]b}}",
        "{{a[b]}}", "{{list[0]}}", "{{na\u200bme}}", "{{a\\b}}", "{{a=b}}", "{{'a'.b}}", "{{../name}}", "{{#with a}}{{../../name}}{{/with}}", "{{..name}}", "{{...}}",
        "{{@foo}}", "{{@}}", "{{@root.}}", "{{@root/a}}", "{{@index}}", "{{#with a}}{{@key}}{{/with}}", "{{#each a}}{{else}}{{@first}}{{/each}}",
        "{{#each a}}{{@../index}}{{/each}}", "{{#each a}}{{@index.b}}{{/each}}", "{{#each a as |x i|}}{{i.b}}{{/each}}", "{{@../root}}",

        // Constants
        "{{1}}", "{{-1.5}}", "{{\"text\"}}", "{{'text}}", "{{true}}", "{{null}}", "{{#if true}}{{/if}}", "{{#each \"abc\"}}{{/each}}", "{{#if 1}}{{/if}}",

        // Helpers
        "{{upper name}}", "{{log name}}", "{{log}}", "{{if a}}", "{{each}}", "{{else}}", "{{else if a}}", "{{#if a}}{{elseif b}}{{/if}}",
        "{{lookup}}", "{{lookup a}}", "{{lookup a b c}}", "{{lookup 'a' b}}", "{{lookup this name}}", "{{#with @root as |r|}}{{lookup r name}}{{/with}}",
        "{{lookup a (b)}}", "{{#if (upper a)}}{{/if}}", "{{#if (lookup a b}}{{/if}}", "{{lookup a 1.5}}", "{{(lookup a b) c}}", "{{lookup a b=1}}",

        // What is not a template's business
        "{{> partial}}", "{{#> layout}}{{/layout}}", "{{* decorator}}", "{{#*inline \"x\"}}{{/inline}}", "{{&name}}", "{{^name}}{{/name}}", "{{#name}}{{/name}}", "{{{#if a}}}", "{{{! a }}}",

        // Blocks
        "{{#if a}}", "{{#each a}}{{#if b}}{{/each}}{{/if}}", "{{/if}}", "text\n{{#with a}}\n{{/if}}", "{{#if a}}{{else}}{{else}}{{/if}}",
        "{{#if a}}{{else}}{{else if b}}{{/if}}", "{{#each a}}{{else if b}}{{/each}}", "{{#if a}}{{else each b}}{{/if}}", "{{#if a}}{{else b}}{{/if}}",
        "{{#if}}{{/if}}", "{{#if a b}}{{/if}}", "{{#if a}}{{else if}}{{/if}}", "{{#if a includeZero=b}}{{/if}}", "{{#if a zero=true}}{{/if}}",
        "{{#if a as |b|}}{{/if}}", "{{#each a b}}{{/each}}", "{{#each a as b}}{{/each}}", "{{#each a as |b c d|}}{{/each}}", "{{#each a as |b b|}}{{/each}}", "{{#each a as |this|}}{{/each}}", "{{#with a as |true|}}{{/with}}", "{{#each a as |x 1|}}{{/each}}",
        "{{#each a as ||}}{{/each}}", "{{#each a as |b}}{{/each}}", "{{#with a as |b c|}}{{/with}}", "{{#with}}{{/with}}", "{{#If a}}{{/If}}", "{{/}}", "{{#}}", "{{#if a}}{{/if x}}",
    ];

    [TestCaseSource(nameof(Refused))]
    public void Compile_WhenTemplateIsNotSound_RefusesItNamingThePlace(string template)
    {
        var error = CompiledTemplate.Compile(template).Error;
        Assert.That((error?.Kind, error?.Code), Is.EqualTo((ErrorKind.Unprocessable, "template_syntax")));
        Assert.That(error!.Message, Does.Match(@"^Line \d+, column \d+: .+\.$"));
    }

    [Test]
    public void Compile_WhenTemplateIsNotSound_SaysWhatWouldBeRight()
    {
        var messages = new StringBuilder();
        foreach (var template in Refused)
        {
            messages.Append(template.Replace("\n", "⏎", StringComparison.Ordinal).Replace("\u200b", "<U+200B>", StringComparison.Ordinal)).Append('\n');
            messages.Append("    ").Append(CompiledTemplate.Compile(template).Error?.Message).Append('\n');
        }

        Snapshot.Match(messages.ToString());
    }
}
