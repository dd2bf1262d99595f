using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Unicode;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>
/// Reads a JSON Lines file through, once, for its keys, their types and whether it is sound. DuckDB's own reader takes NaN and trailing commas for
/// JSON, numbers damaged lines wrongly, and changes keys that are alike but for letter case.
/// </summary>
internal sealed class JsonLinesInspection
{
    // DuckDB's own limit (maximum_object_size).
    private const int LongestLine = 16_777_216;

    private readonly List<JsonLinesMember> _members = [];
    private readonly Dictionary<string, JsonLinesMember> _byName = new(StringComparer.Ordinal);
    private byte[] _text = [];
    private long _line;

    /// <summary>The keys, in the order in which they first appear.</summary>
    public IReadOnlyList<JsonLinesMember> Members => _members;

    /// <summary>Reads everything; the answer is what is wrong and where, or null.</summary>
    public async Task<string?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 1 << 18));
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (TakeLine(ref rest, read.IsCompleted, out var line))
            {
                _line++;
                if (Damage(line) is { } damage) return $"line {_line}: {damage}";
            }

            if (rest.Length > LongestLine) return $"line {_line + 1}: it is longer than {LongestLine} bytes.";
            pipe.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted) return null;
        }
    }

    private static bool TakeLine(ref ReadOnlySequence<byte> rest, bool isLast, out ReadOnlySequence<byte> line)
    {
        var end = rest.PositionOf((byte)'\n');
        line = end is { } found ? rest.Slice(0, found) : rest;
        if (end is null && (!isLast || rest.IsEmpty)) return false;
        rest = end is { } newline ? rest.Slice(rest.GetPosition(1, newline)) : rest.Slice(rest.End);
        return true;
    }

    private string? Damage(in ReadOnlySequence<byte> sequence)
    {
        var line = sequence.IsSingleSegment ? sequence.FirstSpan : sequence.ToArray();
        if (line.Trim(" \t\r"u8).IsEmpty) return null;
        if (line.Length > LongestLine) return $"it is longer than {LongestLine} bytes.";
        if (line.StartsWith("\uFEFF"u8)) return "it begins with a byte order mark; save the file as UTF-8 without one.";
        if (!Utf8.IsValid(line)) return "it is not UTF-8.";
        try
        {
            return ReadObject(line);
        }
        catch (JsonException)
        {
            return "it is no JSON.";
        }
    }

    private string? ReadObject(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = CompactJson.MaxDepth });
        reader.Read();
        var (isObject, expected) = (reader.TokenType is JsonTokenType.StartObject, 0);
        while (reader.Read())
        {
            if (!isObject) continue;
            if (reader.CurrentDepth != 1 || reader.TokenType is not JsonTokenType.PropertyName)
            {
                if (!HasText(reader)) return "it has half of a surrogate pair.";
                continue;
            }

            if (!HasText(reader)) return "a key has half of a surrogate pair.";
            var member = MemberOf(reader, expected++);
            if (member.Name.Contains('\0', StringComparison.Ordinal)) return "a key has a NUL character.";
            if (member.LastLine == _line) return $"it has the key '{member.Name}' twice.";
            member.LastLine = _line;
            reader.Read();
            if (!HasText(reader)) return "it has half of a surrogate pair.";
            member.See(reader);
        }

        return isObject ? null : "it is no JSON object.";
    }

    // Lines mostly have the same keys in the same order.
    private JsonLinesMember MemberOf(in Utf8JsonReader reader, int expected)
    {
        if (expected < _members.Count && reader.ValueTextEquals(_members[expected].Utf8)) return _members[expected];
        var name = reader.GetString()!;
        if (_byName.TryGetValue(name, out var known)) return known;
        var member = new JsonLinesMember(name);
        _members.Add(member);
        return _byName[name] = member;
    }

    // The reader lets \ud800 pass until the text is asked for; nobody could read the row then.
    private bool HasText(in Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped) return true;
        if (_text.Length < reader.ValueSpan.Length) _text = new byte[reader.ValueSpan.Length];
        try
        {
            reader.CopyString(_text);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
