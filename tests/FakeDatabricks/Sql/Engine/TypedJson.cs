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

    /// <summary>The same by options, the ones of JSON data (docs.databricks.com/sql/language-manual/functions/to_json).</summary>
    public static string? ToJson(string options, string type, string json)
    {
        var given = JsonSerializer.Deserialize<Dictionary<string, string>>(options)!;
        if (given.Keys.Except(["ignoreNullFields", "timeZone", "timestampFormat", "timestampNTZFormat"]).FirstOrDefault() is { } unknown)
            throw new SqlFailure("UNSUPPORTED_FEATURE", "0A000", $"This workspace does not know the option {unknown} of to_json");
        return Write(DuckDbTypes.Parse(type), json, quoteAll: false, given);
    }

    /// <summary>A value as a cell of a result has it: every scalar within is a string.</summary>
    public static string Cell(DataType type, string json) => Write(type, json, quoteAll: type != DataType.Variant);

    private static string Write(DataType type, string json, bool quoteAll, IReadOnlyDictionary<string, string>? options = null)
    {
        // DuckDB writes what is no number as NaN, which is no JSON.
        using var document = JsonDocument.Parse(json.Contains("NaN", StringComparison.Ordinal) ? NotNumbers(json) : json, Options);
        var text = new StringBuilder(json.Length);
        new Writer(text, quoteAll, options ?? new Dictionary<string, string>()).Write(type, document.RootElement);
        return text.ToString();
    }

    private static string NotNumbers(string json) => json
        .Replace(":NaN", ":\"NaN\"", StringComparison.Ordinal).Replace("[NaN", "[\"NaN\"", StringComparison.Ordinal).Replace(",NaN", ",\"NaN\"", StringComparison.Ordinal);

    private sealed class Writer(StringBuilder json, bool quoteAll, IReadOnlyDictionary<string, string> options)
    {
        private bool KeepsNulls { get; } = quoteAll || options.GetValueOrDefault("ignoreNullFields") == "false";

        public void Write(DataType type, JsonElement value)
        {
            if (value.ValueKind is JsonValueKind.Null) json.Append("null");
            else if (type == DataType.Variant) json.Append(value.GetProperty("$variant").GetString());
            else if (type.Name == "ARRAY") Array(type.Fields[0].Type, value);
            else if (type.Name == "MAP") Object(value.EnumerateObject().Select(member => (member.Name, type.Fields[1].Type, member.Value)));
            else if (type.Name == "STRUCT") Object(type.Fields.Select(field => (field.Name, field.Type, value.GetProperty(field.Name))).Where(field => KeepsNulls || field.Item3.ValueKind is not JsonValueKind.Null));
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
                "TIMESTAMP" when options.TryGetValue("timestampFormat", out var format) => MomentFormat.Write(value, format)!,
                "TIMESTAMP" => Cells.Moment(value),
                "TIMESTAMP_NTZ" when options.TryGetValue("timestampNTZFormat", out var format) => MomentFormat.Write($"{value}+00", format)!,
                "DOUBLE" or "FLOAT" => Casts.Double(double.Parse(value, CultureInfo.InvariantCulture)),
                "DECIMAL" => decimal.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture).ToString($"F{type.Scale}", CultureInfo.InvariantCulture),
                _ => value,
            };
            var bare = !quoteAll && (type.Name == "BOOLEAN" || (type.IsNumber && !text.EndsWith('y') && text != "NaN"));
            _ = bare ? json.Append(text) : VariantText.Quote(text, json);
        }
    }
}
