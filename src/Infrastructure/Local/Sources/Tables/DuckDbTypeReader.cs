using System.Text;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>Reads such text as <c>STRUCT(a DECIMAL(10,2), "b c" TIMESTAMP WITH TIME ZONE)[]</c>.</summary>
internal sealed class DuckDbTypeReader(string text)
{
    private int _at;

    private char Next => _at < text.Length ? text[_at] : '\0';

    public DuckDbType Read()
    {
        var name = ReadWords();
        DuckDbType type = name switch
        {
            "STRUCT" => new(name, ReadParts(named: true)),
            "MAP" => new(name, ReadParts(named: false)),
            _ => new(name, []),
        };
        if (Next == '(') SkipArguments();
        while (Next == '[')
        {
            _at = text.IndexOf(']', _at) + 1;
            type = new("LIST", [new(string.Empty, type)]);
        }

        return type;
    }

    private List<DuckDbField> ReadParts(bool named)
    {
        var parts = new List<DuckDbField>();
        do
        {
            _at++;
            while (Next == ' ') _at++;
            var name = named ? ReadFieldName() : string.Empty;
            parts.Add(new DuckDbField(name, Read()));
        }
        while (Next == ',');
        _at++;
        return parts;
    }

    private string ReadWords()
    {
        var start = _at;
        while (_at < text.Length && Next is not ('(' or ')' or '[' or ',')) _at++;
        return text[start.._at].Trim();
    }

    private string ReadFieldName()
    {
        var name = new StringBuilder();
        if (Next != '"')
        {
            while (Next != ' ') name.Append(text[_at++]);
        }
        else
        {
            for (_at++; Next != '"' || text[_at + 1] == '"'; _at++)
            {
                if (Next == '"') _at++;
                name.Append(Next);
            }

            _at++;
        }

        _at++;
        return name.ToString();
    }

    // The width of a decimal, or the members of an enumeration, whose quoted names may hold anything.
    private void SkipArguments()
    {
        var quoted = false;
        for (; quoted || Next != ')'; _at++)
        {
            if (Next == '\'') quoted = !quoted;
        }

        _at++;
    }
}
