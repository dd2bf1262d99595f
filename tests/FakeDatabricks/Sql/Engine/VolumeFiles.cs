using System.Text.Json;
using Mirion.Generation.FakeDatabricks.Sql.Dialect;

namespace Mirion.Generation.FakeDatabricks.Sql.Engine;

/// <summary>Reads NDJSON files of volumes as <c>read_files</c> does: what does not go with the schema is NULL.</summary>
/// <param name="folder">The folder that has <c>Volumes</c> in it.</param>
internal sealed class VolumeFiles(string folder)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1000 };

    /// <summary>The rows, every value as text or as the JSON of the file.</summary>
    public IEnumerable<string?[]> Rows(FileSource source) => Find(source.Path).SelectMany(File.ReadLines).Where(line => line.Length > 0).Select(line => Row(line, source));

    /// <summary>The expressions that give those texts their types.</summary>
    public static string Projection(FileSource source) => string.Join(", ", source.Columns.Select(column =>
    {
        var name = DuckDbText.Quote(column.Name);
        return column.Type.Name switch
        {
            "STRING" => name,
            "VARIANT" => $"dbx_variant(dbx_try_parse_json('VARCHAR', {name})) AS {name}",
            "BINARY" => $"from_base64({name}) AS {name}",
            "ARRAY" or "MAP" or "STRUCT" when source.FailsFast => $"{Calls.FromJson(name, column.Type).Replace("from_json(", "from_json_strict(", StringComparison.Ordinal)} AS {name}",
            "ARRAY" or "MAP" or "STRUCT" => $"TRY({Calls.FromJson(name, column.Type)}) AS {name}",
            _ => $"{(source.FailsFast ? "CAST" : "TRY_CAST")}({name} AS {column.Type.DuckDb}) AS {name}",
        };
    }));

    // Files in a directory whose names begin with _ or . are none of its data.
    private List<string> Find(string path)
    {
        var parts = path.TrimEnd('/').Split('/');
        if (parts is not ["", "Volumes", _, _, _, ..] || parts.Contains("..")) throw NotFound(path);
        var real = Path.Combine([folder, .. parts.Skip(1)]);
        if (File.Exists(real)) return [real];
        if (!Directory.Exists(real)) throw NotFound(path);
        return [.. Directory.EnumerateFiles(real, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file)[0] is not ('_' or '.')).Order(StringComparer.Ordinal)];
    }

    /// <summary>A line does not go with the schema.</summary>
    public static SqlFailure Malformed() => new(
        "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION", "22023", "Malformed records are detected in record parsing. Parse Mode: FAILFAST. To process malformed records as null result, try setting the option 'mode' as 'PERMISSIVE'");

    private static SqlFailure NotFound(string path) => new("PATH_NOT_FOUND", "42K03", $"Path does not exist: {path}");

    private static string?[] Row(string line, FileSource source)
    {
        var columns = source.Columns;
        var row = new string?[columns.Count];
        try
        {
            using var document = JsonDocument.Parse(line, Options);
            if (document.RootElement.ValueKind is not JsonValueKind.Object) return row;
            foreach (var member in document.RootElement.EnumerateObject())
            {
                for (var i = 0; i < columns.Count; i++)
                {
                    if (columns[i].Name.Equals(member.Name, StringComparison.OrdinalIgnoreCase)) row[i] = Text(member.Value, columns[i].Type, source.FailsFast);
                }
            }
        }
        catch (JsonException) when (!source.FailsFast)
        {
            // A line that is no JSON is a row of NULLs.
        }
        catch (JsonException)
        {
            throw Malformed();
        }

        return row;
    }

    private static string? Text(JsonElement value, DataType type, bool failsFast)
    {
        if (value.ValueKind is JsonValueKind.Null) return type == DataType.Variant ? "null" : null;
        if (!Goes(value, type)) return failsFast ? throw Malformed() : null;
        return value.ValueKind is JsonValueKind.String && !type.IsComplex && type != DataType.Variant ? value.GetString() : value.GetRawText();
    }

    // A number in quotes is no number, and one with a point is no whole number; a text takes everything.
    private static bool Goes(JsonElement value, DataType type) => type.Name switch
    {
        "STRING" or "VARIANT" => true,
        "BOOLEAN" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "TINYINT" or "SMALLINT" or "INT" or "BIGINT" => value.ValueKind is JsonValueKind.Number && value.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0,
        "FLOAT" or "DOUBLE" => value.ValueKind is JsonValueKind.Number || (value.ValueKind is JsonValueKind.String && value.GetString() is "NaN" or "Infinity" or "-Infinity"),
        "DECIMAL" => value.ValueKind is JsonValueKind.Number or JsonValueKind.String,
        "ARRAY" => value.ValueKind is JsonValueKind.Array,
        "MAP" or "STRUCT" => value.ValueKind is JsonValueKind.Object,
        _ => value.ValueKind is JsonValueKind.String,
    };
}
