using System.Globalization;
using System.Text;

namespace Mirion.Generation.Infrastructure.Databricks.Sources.Tables;

/// <summary>Reads such text as <c>struct&lt;a:decimal(10,2),b:array&lt;string&gt;&gt;</c>.</summary>
internal sealed class DeltaTypeReader(string text)
{
    private int _at;

    private char Next => _at < text.Length ? text[_at] : '\0';

    public DeltaType Read()
    {
        var name = Known(Words().ToUpperInvariant().Split(" NOT NULL")[0].Split(" COMMENT ")[0]);
        if (Next == '(') return Sized(name);
        if (Next != '<') return new DeltaType(name, []);
        List<DeltaField> parts = [];
        do
        {
            _at++;
            var field = name == "STRUCT" ? FieldName() : string.Empty;
            parts.Add(new DeltaField(field, Read()));
            SkipToEndOfPart();
        }
        while (Next == ',');
        _at++;
        return new DeltaType(name, parts);
    }

    private static string Known(string name) => name switch
    {
        "INTEGER" => "INT",
        "LONG" => "BIGINT",
        "SHORT" => "SMALLINT",
        "BYTE" => "TINYINT",
        "REAL" => "FLOAT",
        "DEC" or "NUMERIC" => "DECIMAL",
        "CHAR" or "VARCHAR" => "STRING",
        // STRING COLLATE UTF8_LCASE
        _ when name.StartsWith("STRING ", StringComparison.Ordinal) => "STRING",
        _ when name.StartsWith("INTERVAL ", StringComparison.Ordinal) => "INTERVAL",
        _ => name,
    };

    private string Words()
    {
        while (Next == ' ') _at++;
        var start = Math.Min(_at, text.Length);
        while (_at < text.Length && Next is not ('(' or ')' or '<' or '>' or ',')) _at++;
        return text[start..Math.Max(start, Math.Min(_at, text.Length))].TrimEnd();
    }

    private DeltaType Sized(string name)
    {
        var end = text.IndexOf(')', _at) is var found and >= 0 ? found : text.Length - 1;
        var sizes = text[(_at + 1)..end].Split(',').Select(size => int.TryParse(size, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0).ToArray();
        _at = end + 1;
        return name == "DECIMAL" ? new DeltaType(name, []) { Precision = sizes[0], Scale = sizes.ElementAtOrDefault(1) } : new DeltaType(name, []);
    }

    private string FieldName()
    {
        while (Next == ' ') _at++;
        var name = new StringBuilder();
        if (Next == '`')
        {
            for (_at++; _at < text.Length && (Next != '`' || (_at + 1 < text.Length && text[_at + 1] == '`')); _at++)
            {
                if (Next == '`') _at++;
                name.Append(Next);
            }

            _at++;
        }

        while (_at < text.Length && Next != ':') name.Append(text[_at++]);
        _at++;
        return name.ToString();
    }

    // NOT NULL, a comment, a collation behind the type of a field.
    private void SkipToEndOfPart()
    {
        while (_at < text.Length && Next is not (',' or '>')) _at++;
    }
}
