using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.Prompts.Syntax;

/// <summary>Reads one operand at the cursor of a tag.</summary>
internal static class OperandReader
{
    private static readonly HashSet<string> Constants = ["true", "false", "null", "undefined"];
    private static readonly HashSet<string> Reserved = ["if", "unless", "each", "with", "lookup", "log", "else"];
    private static readonly HashSet<string> LoopNames = ["index", "key", "first", "last"];

    /// <summary>Whether a tag that holds this name alone refers to what is called so.</summary>
    public static bool IsOrdinary(string name) => name != "this" && !Constants.Contains(name) && !Reserved.Contains(name) && !IsNumber(name);

    public static Result<Operand> Read(TagReader tag, int depth = 0)
    {
        tag.SkipBlank();
        return tag.Current switch
        {
            '(' => ReadSubexpression(tag, depth + 1),
            '"' or '\'' => ReadText(tag),
            '@' => ReadData(tag),
            _ => ReadNumber(tag) ?? ReadPath(tag),
        };
    }

    /// <summary>Reads <c>lookup of key</c>, the cursor being at its name.</summary>
    public static Result<Operand> ReadLookup(TagReader tag, int depth = 0)
    {
        var start = tag.At;
        if (tag.TakeName() != "lookup")
        {
            return tag.Fault(start, "the only helper that may stand in parentheses is lookup: (lookup list @index).");
        }

        if (depth > PromptLimits.Depth) return tag.Fault(start, $"lookups are nested more than {PromptLimits.Depth} deep.");
        var operands = new List<Operand>();
        for (tag.SkipBlank(); !tag.AtClose && tag.Current != ')'; tag.SkipBlank())
        {
            if (!Read(tag, depth).TryGet(out var operand, out var error)) return error;
            operands.Add(operand);
        }

        if (operands is not [var of, var key] || of is LiteralOperand)
        {
            return tag.Fault(start, "lookup takes a value and the name or index to look up in it: {{lookup list @index}}.");
        }

        return new LookupOperand(start, tag.From(start).TrimEnd(), of, key);
    }

    private static Result<Operand> ReadSubexpression(TagReader tag, int depth)
    {
        var start = tag.At;
        tag.Take('(');
        tag.SkipBlank();
        if (!ReadLookup(tag, depth).TryGet(out var lookup, out var error)) return error;
        tag.SkipBlank();
        return tag.Take(')') ? lookup : tag.Fault(start, "this parenthesis is never closed: \")\" is missing.");
    }

    private static Result<Operand> ReadText(TagReader tag)
    {
        var start = tag.At;
        var quote = tag.Current;
        var value = new System.Text.StringBuilder();
        for (tag.At++; !tag.AtEnd; tag.At++)
        {
            if (tag.Current == quote)
            {
                tag.At++;
                return new LiteralOperand(start, tag.From(start), value.ToString());
            }

            if (tag.Current == '\\')
            {
                tag.At++;
                if (tag.Current != quote) value.Append('\\');
            }

            value.Append(tag.Current);
        }

        return tag.Fault(start, $"this text is never closed: {quote} is missing.");
    }

    private static Result<Operand>? ReadNumber(TagReader tag)
    {
        var start = tag.At;
        var word = tag.TakeName();
        if (IsNumber(word))
        {
            if (tag.Current is not '.') return new LiteralOperand(start, word, word);
            return tag.Fault(start, "a number here is a whole number; a name that starts with one is written in brackets.");
        }

        tag.At = start;
        return null;
    }

    private static bool IsNumber(string word) =>
        word.AsSpan().TrimStart('-') is { Length: > 0 } digits && digits.IndexOfAnyExceptInRange('0', '9') < 0;

    private static Result<Operand> ReadData(TagReader tag)
    {
        var start = tag.At;
        tag.Take('@');
        var ups = 0;
        while (tag.Take("../")) ups++;
        var name = tag.TakeName();
        if (name == "root" && ups == 0)
        {
            var members = new List<Member>();
            if (tag.Take('.') && ReadMembers(tag, members) is { } error) return error;
            return End(tag) ?? (Result<Operand>)new PathOperand(start, tag.From(start), PathStart.Item, 0, members);
        }

        if (!LoopNames.Contains(name))
        {
            return tag.Fault(start, $"there is no {PromptErrors.Quote(tag.From(start))}; there are @index, @key, @first, @last and @root.");
        }

        if (tag.Current is '.' or '/') return tag.Fault(tag.At, $"{tag.From(start)} has no members.");
        return End(tag) ?? (Result<Operand>)new LoopOperand(start, tag.From(start), ups, name);
    }

    private static Result<Operand> ReadPath(TagReader tag)
    {
        var start = tag.At;
        var (ups, scoped, more) = ReadScope(tag);
        var members = new List<Member>();
        if (more && ReadMembers(tag, members) is { } error) return error;
        if (!scoped && members is [{ Bracketed: false } first, ..])
        {
            if (Constants.Contains(first.Name) && members.Count == 1)
            {
                return tag.Fault(start, $"{first.Name} is a constant, and a constant has no place here. A column of that name is written {{{{[{first.Name}]}}}}.");
            }

            if (Reserved.Contains(first.Name)) return tag.Fault(start, ReservedName(first.Name));
        }

        return End(tag) ?? (Result<Operand>)new PathOperand(start, tag.From(start), scoped ? PathStart.Scope : PathStart.Name, ups, members);
    }

    // What stands right after a path that is complete.
    private static Error? End(TagReader tag) => tag.Current switch
    {
        _ when tag.AtClose || tag.AtBlank || tag.Current == ')' => null,
        '/' => tag.Fault(tag.At, "members are joined with a dot: a.b. A name that holds a slash is written [a/b]."),
        '[' => tag.Fault(tag.At, "members and entries are joined with a dot: list.0, or list.[a name]."),
        _ => tag.Unexpected(),
    };

    // How the path begins: how far up, whether it names a scope (this, ., ..), and whether members follow.
    private static (int Ups, bool Scoped, bool More) ReadScope(TagReader tag)
    {
        var ups = 0;
        while (tag.Take(".."))
        {
            ups++;
            if (!tag.Take('/')) return (ups, true, false);
        }

        var start = tag.At;
        if (tag.Take('.')) return (ups, true, tag.Take('/'));
        if (tag.TakeName() == "this") return (ups, true, tag.Take('.') || tag.Take('/'));
        tag.At = start;
        return (ups, ups > 0, true);
    }

    private static Error? ReadMembers(TagReader tag, List<Member> members)
    {
        do
        {
            var start = tag.At;
            if (tag.Take('['))
            {
                while (!tag.AtEnd && tag.Current != ']') tag.At++;
                var name = tag.From(start + 1);
                if (!tag.Take(']')) return tag.Fault(start, "this bracket is never closed: \"]\" is missing.");
                if (name.Length == 0) return tag.Fault(start, "the brackets are empty; they hold a name.");
                members.Add(new Member(start, name, Bracketed: true));
            }
            else
            {
                if (!tag.AtName) return tag.Unexpected();
                members.Add(new Member(start, tag.TakeName(), Bracketed: false));
                if (members[^1].Name == "this" && (members.Count > 1 || tag.Current == '.'))
                {
                    return tag.Fault(start, "this can only start a path; a member of that name is written [this].");
                }
            }
        }
        while (tag.Take('.'));
        return null;
    }

    private static string ReservedName(string name) => name switch
    {
        "log" => "{{log}} is not allowed: a template only writes the prompt. A column of that name is written {{[log]}}.",
        "lookup" => "lookup takes a value and the name or index to look up in it: {{lookup list @index}}. A column of that name is written {{[lookup]}}.",
        "else" => "{{else}} stands alone, or as {{else if name}}. A column of that name is written {{[else]}}.",
        _ => $"{name} opens a block with #: {{{{#{name} …}}}}. A column of that name is written {{{{[{name}]}}}}.",
    };
}
