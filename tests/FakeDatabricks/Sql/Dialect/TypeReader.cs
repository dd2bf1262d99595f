using System.Globalization;

namespace Mirion.Generation.FakeDatabricks.Sql.Dialect;

/// <summary>Reads types as Databricks spells them (docs.databricks.com/sql/language-manual/sql-ref-datatypes).</summary>
internal static class TypeReader
{
    private static readonly Dictionary<string, string> Synonyms = new()
    {
        ["BYTE"] = "TINYINT",
        ["SHORT"] = "SMALLINT",
        ["INTEGER"] = "INT",
        ["LONG"] = "BIGINT",
        ["REAL"] = "FLOAT",
        ["DEC"] = "DECIMAL",
        ["NUMERIC"] = "DECIMAL",
        ["TIMESTAMP_LTZ"] = "TIMESTAMP",
        ["CHAR"] = "STRING",
        ["CHARACTER"] = "STRING",
        ["VARCHAR"] = "STRING",
    };

    /// <summary>The type that comes next.</summary>
    public static DataType Type(this TokenReader tokens)
    {
        var start = tokens.Current;
        if (start.Kind is not TokenKind.Word) throw tokens.Unexpected();
        var word = tokens.Take().Text.ToUpperInvariant();
        switch (Synonyms.GetValueOrDefault(word, word))
        {
            case "STRING" when word != "STRING":
                // CHAR and VARCHAR must have a length here.
                tokens.Expect("(");
                Whole(tokens);
                tokens.Expect(")");
                return DataType.Text;
            case "DECIMAL": return Decimal(tokens);
            case "ARRAY":
                tokens.Expect("<");
                var element = tokens.Type();
                tokens.Expect(">");
                return DataType.Array(element);
            case "MAP":
                tokens.Expect("<");
                var key = tokens.Type();
                tokens.Expect(",");
                var value = tokens.Type();
                tokens.Expect(">");
                return DataType.Map(key, value);
            case "STRUCT":
                tokens.Expect("<");
                var fields = tokens.List(() => Field(tokens));
                tokens.Expect(">");
                return DataType.Struct(fields);
            case var plain when DataType.IsPlain(plain): return new DataType(plain);
            case "NOT" or "NULL" or "DEFAULT" or "COMMENT": throw SqlFailure.Syntax(start);
            default: throw new SqlFailure("UNSUPPORTED_DATATYPE", "0A000", $"Unsupported data type \"{word}\"");
        }
    }

    /// <summary>A type given as a text, or columns with commas between, which are a struct.</summary>
    public static DataType Schema(string text)
    {
        var tokens = new TokenReader(Lexer.Cut(text));
        var isType = tokens.Current.Kind is TokenKind.Word && (tokens.Peek().Kind is TokenKind.End || tokens.Peek().Is("<") || tokens.Peek().Is("("));
        var schema = isType ? tokens.Type() : DataType.Struct(tokens.List(() => Field(tokens)));
        tokens.End();
        return schema;
    }

    private static DataField Field(TokenReader tokens)
    {
        var name = tokens.Name();
        tokens.Try(":");
        var type = tokens.Type();
        tokens.Try("NOT", "NULL");
        if (tokens.Try("COMMENT")) tokens.String();
        return new DataField(name, type);
    }

    private static DataType Decimal(TokenReader tokens)
    {
        if (!tokens.Try("(")) return new DataType("DECIMAL");
        var precision = Whole(tokens);
        var scale = tokens.Try(",") ? Whole(tokens) : 0;
        tokens.Expect(")");
        return precision <= 38 && scale <= precision
            ? new DataType("DECIMAL") { Precision = precision, Scale = scale }
            : throw new SqlFailure("DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION", "22003", "Decimal precision exceeds max precision 38");
    }

    private static int Whole(TokenReader tokens) =>
        tokens.Current.Kind is TokenKind.Number && int.TryParse(tokens.Take().Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw tokens.Unexpected();
}
