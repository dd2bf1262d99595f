using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mirion.Generation.Api.Json;

/// <summary>
/// An item's values as JSON. Numbers that JSON does not have (a table may hold NaN) are written by name, rather than fail the whole answer.
/// </summary>
internal sealed class ItemDataConverter : JsonConverter<IReadOnlyDictionary<string, object?>>
{
    public override IReadOnlyDictionary<string, object?> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Items are only written.");

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, object?> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (column, cell) in value)
        {
            writer.WritePropertyName(column);
            WriteCell(writer, cell, options);
        }

        writer.WriteEndObject();
    }

    private void WriteCell(Utf8JsonWriter writer, object? cell, JsonSerializerOptions options)
    {
        switch (cell)
        {
            case double number when !double.IsFinite(number):
                writer.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
                break;
            case IReadOnlyDictionary<string, object?> fields:
                Write(writer, fields, options);
                break;
            case IReadOnlyList<object?> entries:
                writer.WriteStartArray();
                foreach (var entry in entries) WriteCell(writer, entry, options);
                writer.WriteEndArray();
                break;
            default:
                JsonSerializer.Serialize(writer, cell, options);
                break;
        }
    }
}
