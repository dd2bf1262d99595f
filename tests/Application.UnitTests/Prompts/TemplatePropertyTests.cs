using System.Text;
using System.Text.Json;
using CsCheck;
using Mirion.Generation.Application.Prompts;
using static Mirion.Generation.Application.UnitTests.Prompts.Templates;

namespace Mirion.Generation.Application.UnitTests.Prompts;

internal sealed class TemplatePropertyTests
{
    private const string Json =
        """{"a":{"a":1,"b":[{"a":"x","c":null},{"a":"y","b":2.50},"z"],"c":""},"b":[1,2.50,{"c":"<&> {{a}}"}],"c":"text","d":null,"n":0,"t":true,"v":[]}""";

    private static readonly IReadOnlyDictionary<string, object?> Data = Item(Json);

    private static readonly Gen<string> GenText = Gen.Char["abc <&>\"'.,:#/^!@~|()[]="].Array[1, 6].Select(characters => new string(characters));

    [Test]
    public void Render_WhenTemplateIsAnyTree_WritesWhatTheReferenceDoes()
    {
        using var document = JsonDocument.Parse(Json);
        var item = new Frame(null, document.RootElement);
        GenPart(depth: 0, scopes: 0, inLoop: false).Array[1, 4].Sample(
            parts => Outcome(Compiled(Part.SourceOf(parts)).Render(Data)) == Reference(parts, item),
            iter: 120,
            print: Part.SourceOf);
    }

    [Test]
    public void Render_WhenTextIsAnyString_WritesTheCellVerbatim()
    {
        var template = Compiled("{{x}}|{{#each l}}{{this}}{{/each}}|{{{x}}}");
        Gen.OneOf(Gen.String, GenText, Gen.String["{}\\~ ax\n"]).Sample(
            cell => template.Render(new Dictionary<string, object?> { ["x"] = cell, ["l"] = new object?[] { cell } }).Value == $"{cell}|{cell}|{cell}",
            iter: 1_000);
    }

    [Test]
    public void Render_WhenJsonIsWritten_ReadsBackAsTheSame()
    {
        var template = Compiled("{{x}}");
        Gen.String.Array[0, 4].Sample(
            cells =>
            {
                var wellFormed = cells.Select(cell => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cell))).ToArray();
                return JsonSerializer.Deserialize<string[]>(template.Render(Item("x", wellFormed)).Value)!.SequenceEqual(wellFormed);
            },
            iter: 1_000);
    }

    [Test]
    public void Render_WhenTemplateIsTextAndVariables_WritesThemInOrder() =>
        Gen.Select(Gen.String["ab {}\\<&\r\t"], Gen.OneOf("x", "some_name", "größe")).Array[0, 8].Sample(
            pieces =>
            {
                // A backslash or a brace that touches a tag means something; a space keeps them apart.
                var template = string.Concat(pieces.Select(piece => $"{Literal(piece.Item1)} {{{{{piece.Item2}}}}} "));
                var expected = string.Concat(pieces.Select(piece => $"{piece.Item1} <{piece.Item2}> "));
                var compiled = Compiled(template);
                return compiled.Render(new Dictionary<string, object?> { ["x"] = "<x>", ["some_name"] = "<some_name>", ["größe"] = "<größe>" }).Value == expected
                    && compiled.Variables.Select(variable => variable.Name).SequenceEqual(pieces.Select(piece => piece.Item2));
            },
            iter: 200);

    [Test]
    public void Render_WhenTemplateIsTextAndVariables_DoesWhatTheEngineWouldDo() =>
        Gen.Select(
            Gen.OneOf("{{a}}", "{{{a}}}", "{{ @root.b }}", "{{lookup @root \"c\"}}", "{{[d]}}", "{{n}}", "{{t}}", "{{v}}", "{{missing}}", "{{~n}}", "{{a.a}}", "{{!x}}", "\\{{", "{", "}", "\\", " ", "\n", "text", "\\\\")
                .Array[0, 8],
            Gen.Bool)
            .Sample(
                (pieces, mapped) =>
                {
                    if (!CompiledTemplate.Compile(string.Concat(pieces)).TryGet(out var template, out _)) return true;
                    var read = mapped ? template.MapColumns(new Dictionary<string, string> { ["n"] = "b", ["t"] = "gone" }) : template;
                    var (ours, engines) = (read.Render(Data), read.RenderByEngine(Data));
                    return (ours.Error?.Code, ours.Error?.Message) == (engines.Error?.Code, engines.Error?.Message) && (!ours.IsSuccess || ours.Value == engines.Value);
                },
                iter: 1_000,
                print: drawn => string.Concat(drawn.Item1));

    [Test]
    public void Compile_WhenSourceIsAnything_EitherRefusesOrRenders() =>
        Gen.OneOf("{{", "}}", "{", "}", "~", "#if ", "#each ", "#with ", "/if", "/each", "else", "else if ", "a", "b.c", "../", "@index", "@root", "this", " as |x y|", "lookup ", "(", ")", "!", "!--", "--", "'t'", "0", "[", "]", "\\", " ", "\n", "=", "^", ">")
            .Array[0, 14]
            .Sample(
                pieces =>
                {
                    var template = CompiledTemplate.Compile(string.Concat(pieces));
                    _ = template.IsSuccess ? template.Value.Render(Data).Error?.Code : template.Error.Code;
                },
                iter: 2_000,
                print: string.Concat);

    // Braces that would open a tag, escaped; and, as a backslash before them would escape the escape, a comment in between.
    private static string Literal(string text)
    {
        var escaped = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (!text.AsSpan(at).StartsWith("{{", StringComparison.Ordinal))
            {
                escaped.Append(text[at]);
                continue;
            }

            escaped.Append(at > 0 && text[at - 1] == '\\' ? @"\{{!}}\{{" : @"\{{");
            at++;
        }

        return escaped.ToString();
    }

    private static Gen<Part> GenPart(int depth, int scopes, bool inLoop)
    {
        var reference = GenReference(scopes, inLoop);
        var text = GenText.Select(content => (Part)new TextPart(content));
        var value = reference.Select(of => (Part)new ValuePart(of));
        if (depth == 3) return Gen.OneOf(text, value);
        var same = GenPart(depth + 1, scopes, inLoop).Array[0, 2];
        var inner = GenPart(depth + 1, scopes + 1, inLoop).Array[0, 2];
        var loop = GenPart(depth + 1, scopes + 1, inLoop: true).Array[0, 2];
        return Gen.Frequency(
            (2, text),
            (2, value),
            (2, Gen.Select(reference, value, (of, then) => (Part)new IfPart(of, false, [new ValuePart(of), then], []))),
            (2, Gen.Select(reference, Gen.Bool, same, same, (of, negated, then, otherwise) => (Part)new IfPart(of, negated, then, otherwise))),
            (2, Gen.Select(reference, inner, same, (of, then, otherwise) => (Part)new WithPart(of, then, otherwise))),
            (4, Gen.Select(reference, loop, same, (of, body, otherwise) => (Part)new EachPart(of, body, otherwise))));
    }

    private static Gen<Reference> GenReference(int scopes, bool inLoop) => Gen.Frequency(
        (8, Gen.Select(Gen.Int[0, scopes], Gen.OneOf("a", "b", "c", "t", "v", "e", "w", "0", "length").Array[0, 2], (ups, members) => new Reference(null, ups, members))),
        (4, Gen.OneOf("a", "b", "c", "d", "n", "t", "v").Array[0, 1].Select(members => new Reference("root", 0, members))),
        (inLoop ? 3 : 0, Gen.OneOf("index", "key", "first", "last").Select(name => new Reference(name, 0, []))),
        (inLoop ? 1 : 0, Gen.Const(new Reference(null, 0, ["k"]))));

    private static string Outcome(Domain.Common.Result<string> prompt) => prompt.IsSuccess ? prompt.Value : "refused";

    private static string Reference(Part[] parts, Frame item)
    {
        var prompt = new StringBuilder();
        try
        {
            foreach (var part in parts) part.Render(prompt, item);
        }
        catch (UnrenderableException)
        {
            return "refused";
        }

        return prompt.ToString();
    }
}
