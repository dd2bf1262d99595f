using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Local.Journal;

/// <summary>An answer on its way through a journal.</summary>
/// <param name="Item">The item it belongs to.</param>
/// <param name="PromptHash">The fingerprint of the question.</param>
/// <param name="HeldToSchema">Whether it was held to the schema it was asked with, which is not written again each time.</param>
/// <param name="Reply">The answer.</param>
internal sealed record JournalEntry(ItemRef Item, string PromptHash, bool HeldToSchema, ModelReply Reply)
{
    /// <summary>The answer as it came, to a question asked with <paramref name="asked"/>.</summary>
    public ModelReply ReplyTo(ModelSettings asked) =>
        HeldToSchema && Reply.Sent is { } sent ? Reply with { Sent = sent with { OutputSchema = asked.OutputSchema } } : Reply;
}

/// <summary>
/// Entries as lines: a check sum and JSON. A line that was cut off, or whose sum is wrong, is none; the next one is read all the same.
/// </summary>
internal static class JournalLine
{
    private const byte End = (byte)'\n';
    private const int SumLength = 2 * sizeof(uint);

    /// <summary>How lines are written: for no reader but this one, by the encoder that is quickest.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes an entry.</summary>
    /// <param name="buffer">Where it goes.</param>
    /// <param name="json">A writer with <see cref="Options"/>, which is used again for every line.</param>
    /// <param name="item">The item.</param>
    /// <param name="promptHash">The fingerprint of the question.</param>
    /// <param name="reply">The answer.</param>
    public static void Write(ArrayBufferWriter<byte> buffer, Utf8JsonWriter json, ItemRef item, string promptHash, ModelReply reply)
    {
        var start = buffer.WrittenCount;
        buffer.GetSpan(SumLength + 1)[..(SumLength + 1)].Fill((byte)' ');
        buffer.Advance(SumLength + 1);
        json.Reset(buffer);
        WriteEntry(json, item, promptHash, reply);
        json.Flush();
        var line = MemoryMarshal.AsMemory(buffer.WrittenMemory[start..]).Span;
        Sum(line[(SumLength + 1)..], line[..SumLength]);
        buffer.GetSpan(1)[0] = End;
        buffer.Advance(1);
    }

    /// <summary>The entries of a file.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="damaged">How many lines are none, the last one aside when it was cut off.</param>
    public static IReadOnlyList<JournalEntry> Read(ReadOnlySpan<byte> bytes, out int damaged)
    {
        var entries = new List<JournalEntry>();
        damaged = 0;
        for (var end = bytes.IndexOf(End); end >= 0; end = bytes.IndexOf(End))
        {
            if (ReadLine(bytes[..end]) is { } entry) entries.Add(entry);
            else damaged++;
            bytes = bytes[(end + 1)..];
        }

        return entries;
    }

    private static void WriteEntry(Utf8JsonWriter json, ItemRef item, string promptHash, ModelReply reply)
    {
        json.WriteStartObject();
        json.WriteString("item"u8, item.Value);
        json.WriteString("hash"u8, promptHash);
        json.WriteString("model"u8, reply.Model);
        json.WriteString("answer"u8, reply.Answer);
        if (reply.FinishReason is not null) json.WriteString("finish"u8, reply.FinishReason);
        if (reply.PromptTokens is { } prompt) json.WriteNumber("prompt_tokens"u8, prompt);
        if (reply.CompletionTokens is { } completion) json.WriteNumber("completion_tokens"u8, completion);
        if (reply.Calls > 1) json.WriteNumber("calls"u8, reply.Calls);
        json.WriteNumber("attempts"u8, reply.Attempts);
        json.WriteNumber("ticks"u8, reply.Elapsed.Ticks);
        if (reply.Sent is { } sent)
        {
            json.WriteStartObject("sent"u8);
            if (sent.Model is not null) json.WriteString("model"u8, sent.Model);
            json.WriteNumber("temperature"u8, sent.Temperature);
            json.WriteNumber("max_tokens"u8, sent.MaxTokens);
            json.WriteBoolean("schema"u8, sent.OutputSchema is not null);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static JournalEntry? ReadLine(ReadOnlySpan<byte> line)
    {
        if (line.Length <= SumLength) return null;
        Span<byte> sum = stackalloc byte[SumLength];
        Sum(line[(SumLength + 1)..], sum);
        if (!sum.SequenceEqual(line[..SumLength])) return null;
        try
        {
            var reader = new Utf8JsonReader(line[(SumLength + 1)..]);
            return ReadEntry(JsonElement.ParseValue(ref reader));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static JournalEntry ReadEntry(JsonElement entry)
    {
        var sent = entry.TryGetProperty("sent"u8, out var found) ? found : default(JsonElement?);
        return new JournalEntry(
            new ItemRef(entry.GetProperty("item"u8).GetString()!),
            entry.GetProperty("hash"u8).GetString()!,
            sent?.GetProperty("schema"u8).GetBoolean() ?? false,
            new ModelReply
            {
                Model = entry.GetProperty("model"u8).GetString()!,
                Answer = entry.GetProperty("answer"u8).GetString(),
                FinishReason = entry.TryGetProperty("finish"u8, out var finish) ? finish.GetString() : null,
                PromptTokens = entry.TryGetProperty("prompt_tokens"u8, out var prompt) ? prompt.GetInt32() : null,
                CompletionTokens = entry.TryGetProperty("completion_tokens"u8, out var completion) ? completion.GetInt32() : null,
                Calls = entry.TryGetProperty("calls"u8, out var calls) ? calls.GetInt32() : 1,
                Attempts = entry.GetProperty("attempts"u8).GetInt32(),
                Elapsed = TimeSpan.FromTicks(entry.GetProperty("ticks"u8).GetInt64()),
                Sent = sent is { } was
                    ? new ModelSettings(
                        was.TryGetProperty("model"u8, out var model) ? model.GetString() : null,
                        was.GetProperty("temperature"u8).GetDouble(),
                        was.GetProperty("max_tokens"u8).GetInt32())
                    : null,
            });
    }

    private static void Sum(ReadOnlySpan<byte> bytes, Span<byte> hex)
    {
        var sum = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes) sum = BitOperations.Crc32C(sum, one);
        Span<byte> big = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(big, sum);
        Convert.TryToHexStringLower(big, hex, out _);
    }
}
