using System.Collections.Concurrent;
using System.Globalization;
using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>Reads types as DuckDB spells them, such as <c>STRUCT(a INTEGER, "b c" VARCHAR[])</c>.</summary>
internal static class DuckDbTypes
{
    private static readonly ConcurrentDictionary<string, DataType> Known = new();

    /// <summary>The type of Databricks that <paramref name="text"/> stands for.</summary>
    public static DataType Parse(string text) => Known.GetOrAdd(text, static unread =>
    {
        var at = 0;
        return Read(unread, ref at);
    });

    private static DataType Read(string text, ref int at)
    {
        var type = Base(text, ref at);
        while (at < text.Length && text[at] == '[')
        {
            at = text.IndexOf(']', at) + 1;
            type = DataType.Array(type);
        }

        return type;
    }

    private static DataType Base(string text, ref int at)
    {
        if (Takes(text, ref at, "STRUCT("))
        {
            var fields = new List<DataField>();
            do
            {
                var name = Name(text, ref at);
                fields.Add(new DataField(name, Read(text, ref at)));
            }
            while (More(text, ref at));
            return fields is [{ Name: "$variant" }] ? DataType.Variant : DataType.Struct(fields);
        }

        if (Takes(text, ref at, "MAP("))
        {
            var key = Read(text, ref at);
            More(text, ref at);
            var value = Read(text, ref at);
            More(text, ref at);
            return DataType.Map(key, value);
        }

        if (Takes(text, ref at, "DECIMAL("))
        {
            var numbers = text[at..text.IndexOf(')', at)].Split(',');
            at = text.IndexOf(')', at) + 1;
            return new DataType("DECIMAL") { Precision = int.Parse(numbers[0], CultureInfo.InvariantCulture), Scale = int.Parse(numbers[1], CultureInfo.InvariantCulture) };
        }

        var start = at;
        while (at < text.Length && text[at] is not (',' or ')' or '[')) at++;
        return DataType.OfDuckDb(text[start..at]);
    }

    private static string Name(string text, ref int at)
    {
        var start = at;
        if (text[at] != '"')
        {
            at = text.IndexOf(' ', at);
            return text[start..at++];
        }

        for (at++; text[at] != '"' || (at + 1 < text.Length && text[at + 1] == '"'); at++)
        {
            if (text[at] == '"') at++;
        }

        at += 2;
        return text[(start + 1)..(at - 2)].Replace("\"\"", "\"", StringComparison.Ordinal);
    }

    private static bool Takes(string text, ref int at, string word)
    {
        if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0) return false;
        at += word.Length;
        return true;
    }

    // Steps over ", " or ")".
    private static bool More(string text, ref int at)
    {
        var more = text[at] == ',';
        at += more ? 2 : 1;
        return more;
    }
}
