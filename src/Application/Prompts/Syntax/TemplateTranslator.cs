using System.Globalization;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.Prompts.Syntax;

/// <summary>
/// Reads a template tag by tag, refuses what is not allowed, and writes what the engine is to compile. Text goes over as
/// it stands; every tag is written anew in the one plain form that the engine is known to read as meant.
/// </summary>
internal sealed class TemplateTranslator
{
    private readonly TemplateSource _source;
    private readonly Binder _binder;
    private readonly Stack<Block> _blocks = new();
    private readonly EngineWriter _writer;
    private int _tags;
    private int _nesting;
    private bool _readsWholeItem;

    private TemplateTranslator(string text)
    {
        _source = new TemplateSource(text);
        _binder = new Binder(_source);
        _writer = new EngineWriter(literal => _binder.AddSite(new Site("", "", default) { Literal = literal }));
    }

    public static Result<Translation> Translate(string text) => new TemplateTranslator(text).Translate();

    private Result<Translation> Translate()
    {
        if (_source.Text.Length > PromptLimits.SourceLength)
        {
            return Fault(PromptLimits.SourceLength, $"a template has at most {PromptErrors.Count(PromptLimits.SourceLength)} characters.");
        }

        var at = 0;
        while (true)
        {
            var open = _source.NextTag(at, out var text);
            var ends = open == _source.Text.Length;
            _tags += _writer.Text(text, afterTag: at > 0, beforeTag: !ends);
            if (!ends) _tags++;
            if (_tags > PromptLimits.Tags) return Fault(open, $"a template has at most {PromptErrors.Count(PromptLimits.Tags)} tags.");
            if (ends) break;
            if (!ReadTag(open).TryGet(out at, out var error)) return error;
        }

        if (_blocks.TryPeek(out var block)) return Fault(block.At, $"{{{{#{block.Name}}}}} is never closed: {{{{/{block.Name}}}}} is missing.");
        return new Translation(_writer.ToString(), _binder.Sites, _binder.Variables, _readsWholeItem, _writer.Straight);
    }

    // Answers where the tag ends.
    private Result<int> ReadTag(int open)
    {
        var tag = new TagReader(_source, open, open + 2);
        var triple = tag.Take('{');
        if (triple && tag.Current == '{') return Fault(open, "raw blocks ({{{{…}}}}) are not allowed. To print a brace before a value, put a space between them.");
        var trimsBefore = tag.Take('~');
        if (triple && trimsBefore) return Fault(open, "white space around a triple tag is removed with {{~{name}~}}.");
        triple = triple || tag.Take('{');
        tag.SkipBlank();
        if (tag.Current == '!' && !triple) return ReadComment(tag, open, trimsBefore);
        if (!(triple ? ReadValue(tag) : ReadStatement(tag, open)).TryGet(out var statement, out var error)) return error;
        if (!tag.Close(triple).TryGet(out var trimsAfter, out error)) return error;
        _writer.Tag(statement, trimsBefore, trimsAfter);
        return tag.At;
    }

    private Result<int> ReadComment(TagReader tag, int open, bool trimsBefore)
    {
        var ending = tag.StartsWith("!--") ? "--}}" : "}}";
        var end = _source.Text.IndexOf(ending, tag.At + (ending.Length == 4 ? 3 : 1), StringComparison.Ordinal);
        if (end < 0) return Fault(open, $"this comment is never closed: \"{ending}\" is missing.");
        if (_source.Text[end - 1] == '~') return Fault(end - 1, "white space after a comment cannot be removed; take the ~ away.");
        _writer.Tag("!", trimsBefore);
        return end + ending.Length;
    }

    private Result<string> ReadStatement(TagReader tag, int open)
    {
        switch (tag.Current)
        {
            case '#':
                tag.Take('#');
                return ReadOpening(tag, open);
            case '/':
                tag.Take('/');
                return ReadClosing(tag, open);
            case '^':
                tag.Take('^');
                tag.SkipBlank();
                return tag.AtClose ? ReadElse(tag, open) : Fault(open, "inverse sections are not allowed; write {{#unless name}}…{{/unless}}.");
            case '>':
                return Fault(open, "partials ({{> …}}) are not allowed: a template stands for itself.");
            case '*':
                return Fault(open, "decorators ({{* …}}) are not allowed.");
            case '&':
                return Fault(open, "{{& …}} is not needed: nothing is ever escaped. Write {{name}}.");
        }

        if (tag.PeekWord() != "else") return ReadValue(tag);
        tag.TakeName();
        tag.SkipBlank();
        return ReadElse(tag, open);
    }

    private Result<string> ReadValue(TagReader tag)
    {
        if (ReadLookupOrOperand(tag).TryGet(out var operand, out var error) && _binder.Bind(operand).TryGet(out var bound, out error))
        {
            tag.SkipBlank();
            _readsWholeItem |= bound.IsItem;
            if (tag.AtClose) return bound.Engine is ['(', .., ')'] helper ? helper[1..^1] : bound.Engine;
            return operand is PathOperand
                ? Fault(operand.At, $"there is no helper {PromptErrors.Quote(operand.Text)}; the only one is lookup, the blocks are #if, #unless, #each and #with. A name that holds a space is written {{{{[a name]}}}}.")
                : tag.Unexpected();
        }

        return error;
    }

    private static Result<Operand> ReadLookupOrOperand(TagReader tag)
    {
        var at = tag.At;
        if (tag.PeekWord() == "lookup")
        {
            tag.TakeName();
            tag.SkipBlank();
            var alone = tag.AtClose;
            tag.At = at;
            if (!alone) return OperandReader.ReadLookup(tag);
        }

        return OperandReader.Read(tag);
    }

    private Result<string> ReadOpening(TagReader tag, int open)
    {
        tag.SkipBlank();
        if (tag.Current == '>') return Fault(open, "partials ({{#> …}}) are not allowed: a template stands for itself.");
        if (tag.Current == '*') return Fault(open, "decorators ({{#* …}}) are not allowed.");
        var name = tag.PeekWord();
        if (name is not ("if" or "unless" or "each" or "with"))
        {
            return Fault(open, $"there is no block {PromptErrors.Quote(name)}; there are #if, #unless, #each and #with. To go over a list write {{{{#each name}}}}.");
        }

        if (_nesting == PromptLimits.Depth) return Fault(open, $"blocks are nested more than {PromptLimits.Depth} deep.");
        tag.TakeName();
        var block = new Block(name, open);
        if (block.IsConditional)
        {
            Push(block);
            return ReadCondition(tag, name).Map(condition => $"#{name} {condition}");
        }

        if (!ReadArgument(tag, name).TryGet(out var argument, out var error)) return error;
        if (!_binder.Bind(argument).TryGet(out var bound, out error)) return error;
        if (!ReadParameters(tag, name).TryGet(out var parameters, out error)) return error;
        var isLoop = name == "each";
        _binder.Enter(new Scope(_binder.Scope, bound.IsItem && !isLoop, isLoop)
        {
            ValueName = parameters.ElementAtOrDefault(0),
            KeyName = parameters.ElementAtOrDefault(1),
        });
        if (!isLoop)
        {
            Push(block);
            return $"#with {bound.Engine}";
        }

        _readsWholeItem |= bound.IsItem;
        var site = new Site("", argument.Text, _source.PlaceOf(argument.At));
        Push(block with { Loop = (site, _tags) });
        return string.Create(CultureInfo.InvariantCulture, $"#{EngineNames.Loop} {_binder.AddSite(site)} {bound.Engine}");
    }

    private Result<string> ReadElse(TagReader tag, int open)
    {
        if (!_blocks.TryPeek(out var block)) return Fault(open, "{{else}} stands outside of any block.");
        if (block.HasElse) return Fault(open, $"this block, {Opened(block)}, has had its {{{{else}}}} already.");
        if (tag.AtClose)
        {
            block.HasElse = true;
            if (block.HasScope) _binder.Leave();
            return "else";
        }

        var name = tag.PeekWord();
        if (name is not ("if" or "unless") || !block.IsConditional)
        {
            return Fault(open, "only {{else if name}} and {{else unless name}} chain, and only in #if and #unless; elsewhere open a block after a plain {{else}}.");
        }

        if (_nesting == PromptLimits.Depth) return Fault(open, $"blocks and {{{{else if}}}} are nested more than {PromptLimits.Depth} deep.");
        _nesting++;
        block.Links++;
        tag.TakeName();
        return ReadCondition(tag, name).Map(condition => name == "if" ? $"else if {condition}" : $"else if ({EngineNames.Not} {condition})");
    }

    private Result<string> ReadClosing(TagReader tag, int open)
    {
        tag.SkipBlank();
        var name = tag.PeekWord();
        if (!_blocks.TryPeek(out var block)) return Fault(open, $"{{{{/{name}}}}} closes nothing: no block is open here.");
        if (name != block.Name) return Fault(open, $"{{{{/{block.Name}}}}} is expected here: the innermost open block is {Opened(block)}.");
        tag.TakeName();
        _blocks.Pop();
        _nesting -= 1 + block.Links;
        if (block.HasScope && !block.HasElse) _binder.Leave();
        if (block.Loop is not var (site, tagsBefore)) return $"/{name}";
        site.BodyTags = _tags - tagsBefore;
        return $"/{EngineNames.Loop}";
    }

    private Result<string> ReadCondition(TagReader tag, string name)
    {
        if (!ReadArgument(tag, name).TryGet(out var argument, out var error)) return error;
        if (!_binder.Bind(argument).TryGet(out var bound, out error)) return error;
        tag.SkipBlank();
        if (!tag.AtName) return bound.Engine;
        var at = tag.At;
        var option = tag.TakeName();
        tag.SkipBlank();
        if (option != "includeZero" || !tag.Take('=')) return Fault(at, $"{name} takes one value, and at most the option includeZero=true.");
        tag.SkipBlank();
        return tag.TakeName() switch
        {
            "true" => $"({EngineNames.Number} {bound.Engine})",
            "false" => bound.Engine,
            _ => Fault(at, "includeZero is true or false."),
        };
    }

    private static Result<Operand> ReadArgument(TagReader tag, string name)
    {
        tag.SkipBlank();
        return tag.AtClose ? tag.Fault(tag.At, $"{name} needs a value: {{{{#{name} …}}}}.") : OperandReader.Read(tag);
    }

    private Result<string[]> ReadParameters(TagReader tag, string name)
    {
        tag.SkipBlank();
        if (tag.AtClose) return Array.Empty<string>();
        var at = tag.At;
        var names = new List<string>();
        var most = name == "each" ? 2 : 1;
        var fault = Fault(at, name == "each" ? "each takes one value, and names for its entries: {{#each list as |entry index|}}." : "with takes one value, and a name for it: {{#with value as |name|}}.");
        if (tag.TakeName() != "as") return fault;
        tag.SkipBlank();
        if (!tag.Take('|')) return fault;
        for (tag.SkipBlank(); tag.AtName; tag.SkipBlank()) names.Add(tag.TakeName());
        var sound = names.Count > 0 && names.Count <= most && names.Distinct().Count() == names.Count && names.TrueForAll(OperandReader.IsOrdinary);
        return tag.Take('|') && sound ? names.ToArray() : fault;
    }

    private void Push(Block block)
    {
        _blocks.Push(block);
        _nesting++;
    }

    private string Opened(Block block) => $"{{{{#{block.Name}}}}} from {_source.PlaceOf(block.At)}";

    private Error Fault(int offset, string what) => PromptErrors.Syntax(_source.PlaceOf(offset), what);
}
