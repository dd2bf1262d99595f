using System.Globalization;
using System.Text;
using System.Text.Json;
using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>Writes nested values as JSON, from the JSON that DuckDB writes and the type.</summary>
internal static class TypedJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    /// <summary>A value as to_json gives it: a struct goes without the fields that are NULL.</summary>
    public static string? ToJson(string type, string json)
    {
        var read = DuckDbTypes.Parse(type);
        if (!read.IsComplex && read != DataType.Variant) throw Types.Unexpected("to_json", "STRUCT\" or \"ARRAY\" or \"MAP\" or \"VARIANT", type);
        return Write(read, json, quoteAll: false);
    }

    /// <summary>A value as a cell of a result has it: every scalar within is a string.</summary>
    public static string Cell(DataType type, string json) => Write(type, json, quoteAll: type != DataType.Variant);

    private static string Write(DataType type, string json, bool quoteAll)
    {
        // DuckDB writes what is no number as NaN, which is no JSON.
        using var document = JsonDocument.Parse(json.Contains("NaN", StringComparison.Ordinal) ? NotNumbers(json) : json, Options);
        var text = new StringBuilder(json.Length);
        new Writer(text, quoteAll).Write(type, document.RootElement);
        return text.ToString();
    }

    private static string NotNumbers(string json) => json
        .Replace(":NaN", ":\"NaN\"", StringComparison.Ordinal).Replace("[NaN", "[\"NaN\"", StringComparison.Ordinal).Replace(",NaN", ",\"NaN\"", StringComparison.Ordinal);

    private sealed class Writer(StringBuilder json, bool quoteAll)
    {
        public void Write(DataType type, JsonElement value)
        {
            if (value.ValueKind is JsonValueKind.Null) json.Append("null");
            else if (type == DataType.Variant) json.Append(value.GetProperty("$variant").GetString());
            else if (type.Name == "ARRAY") Array(type.Fields[0].Type, value);
            else if (type.Name == "MAP") Object(value.EnumerateObject().Select(member => (member.Name, type.Fields[1].Type, member.Value)));
            else if (type.Name == "STRUCT") Object(type.Fields.Select(field => (field.Name, field.Type, value.GetProperty(field.Name))).Where(field => quoteAll || field.Item3.ValueKind is not JsonValueKind.Null));
            else Scalar(type, value.ValueKind is JsonValueKind.String ? value.GetString()! : value.GetRawText());
        }

        private void Array(DataType element, JsonElement value)
        {
            json.Append('[');
            var first = true;
            foreach (var each in value.EnumerateArray())
            {
                if (!first) json.Append(',');
                first = false;
                Write(element, each);
            }

            json.Append(']');
        }

        private void Object(IEnumerable<(string Name, DataType Type, JsonElement Value)> members)
        {
            json.Append('{');
            var first = true;
            foreach (var (name, type, value) in members)
            {
                if (!first) json.Append(',');
                first = false;
                VariantText.Quote(name, json).Append(':');
                Write(type, value);
            }

            json.Append('}');
        }

        private void Scalar(DataType type, string value)
        {
            var text = type.Name switch
            {
                "TIMESTAMP" => Cells.Moment(value),
                "DOUBLE" or "FLOAT" => Casts.Double(double.Parse(value, CultureInfo.InvariantCulture)),
                "DECIMAL" => decimal.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture).ToString($"F{type.Scale}", CultureInfo.InvariantCulture),
                _ => value,
            };
            var bare = !quoteAll && (type.Name == "BOOLEAN" || (type.IsNumber && !text.EndsWith('y') && text != "NaN"));
            _ = bare ? json.Append(text) : VariantText.Quote(text, json);
        }
    }
}
