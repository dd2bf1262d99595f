using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Mirion.Generation.Domain.Common;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Databricks.Sql;

/// <summary>Rows as a file that a warehouse reads: one JSON object a line, written straight into the buffer that is sent.</summary>
internal static class StagedRows
{
    private static readonly JsonWriterOptions Options = new() { Encoder = CompactJson.Encoder, SkipValidation = true };

    /// <summary>The rows of <paramref name="table"/> as such a file.</summary>
    /// <exception cref="ArgumentException">A text holds half a surrogate pair.</exception>
    public static ReadOnlyMemory<byte> Write<TRow>(TableDefinition<TRow> table, IReadOnlyCollection<TRow> rows)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using var writer = new Utf8JsonWriter(buffer, Options);
        var columns = table.Columns.Select(column => (Name: JsonEncodedText.Encode(column.Name, CompactJson.Encoder), Column: column)).ToArray();
        foreach (var row in rows)
        {
            writer.WriteStartObject();
            foreach (var (name, column) in columns)
            {
                // What is left out is null.
                if (column.Value(row) is not { } value) continue;
                writer.WritePropertyName(name);
                Write(writer, value);
            }

            writer.WriteEndObject();
            writer.Flush();
            writer.Reset();
            buffer.Write("\n"u8);
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                WriteText(writer, text);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case Guid id:
                writer.WriteStringValue(id);
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(WarehouseTime.Write(time));
                break;
            case IEnumerable<string> texts:
                writer.WriteStartArray();
                foreach (var text in texts) WriteText(writer, text);
                writer.WriteEndArray();
                break;
            default:
                throw new UnreachableException($"No column holds a {value.GetType().Name}.");
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string text)
    {
        _ = StrictUtf8.Encoding.GetByteCount(text);
        writer.WriteStringValue(text);
    }
}
