using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Mirion.Generation.Application.Prompts;

namespace Mirion.Generation.Benchmarks.Micro;

/// <summary>One small prompt, and one that goes over nested values.</summary>
[MemoryDiagnoser]
public class PromptRendering
{
    private static readonly CompiledTemplate Flat = CompiledTemplate.Compile("Line {{line}}, score {{score}}.\nNotes: {{notes}}\nWhich defect is it?").Value;
    private static readonly CompiledTemplate Nested = CompiledTemplate.Compile("{{#each readings}}{{name}}: {{value}}{{#unless @last}}, {{/unless}}{{/each}}").Value;

    private IReadOnlyDictionary<string, object?> _item = null!;

    /// <summary>Makes the item.</summary>
    [GlobalSetup]
    public void Setup()
    {
        using var document = JsonDocument.Parse("""
            {"line":"line-3","score":0.42,"notes":"Pin 17 of U4 shows residue, seen at station 2",
             "readings":[{"name":"paste","value":98},{"name":"reflow","value":241.5},{"name":"humidity","value":44}]}
            """);
        _item = ItemData.From(document.RootElement);
    }

    /// <summary>Three variables.</summary>
    [Benchmark(Baseline = true)]
    public string ThreeVariables() => Flat.Render(_item).Value;

    /// <summary>A loop over three objects.</summary>
    [Benchmark]
    public string Loop() => Nested.Render(_item).Value;
}
