using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Application.Common;

/// <summary>
/// Writes the same text as <see cref="CompactJson"/> into room that is used again for the next text. For what is written a million times over: the
/// framework's writer looks at every character of a text that has a line break by a virtual call, this one at a vector of them at a time.
/// </summary>
public sealed class CompactJsonWriter
{
    // The most bytes a UTF-16 unit takes: six where it is escaped, three where it is not.
    private const int MostBytes = 6;

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, ' ').Select(control => (char)control), '"', '\\']);

    private byte[] _room = new byte[1024];
    private int _length;

    /// <summary>What was written since <see cref="Clear"/>; good until the next word.</summary>
    public ReadOnlySpan<byte> Written => _room.AsSpan(0, _length);

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _length = 0;

    /// <summary>Bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length));
        _length += utf8.Length;
    }

    /// <summary>A text as a JSON string; half a surrogate pair, which is no character, as <c>\uFFFD</c>.</summary>
    public void Text(string text)
    {
        var room = Room((MostBytes * text.Length) + 2);
        var at = 0;
        room[at++] = (byte)'"';
        for (var rest = text.AsSpan(); ;)
        {
            var plain = rest.IndexOfAny(Escaped);
            at += Plain(plain < 0 ? rest : rest[..plain], room[at..]);
            if (plain < 0) break;
            at += Escape(rest[plain], room[at..]);
            rest = rest[(plain + 1)..];
        }

        room[at++] = (byte)'"';
        _length += at;
    }

    /// <summary>A text as a JSON string, or null.</summary>
    public void TextOrNull(string? text)
    {
        if (text is null) Null();
        else Text(text);
    }

    /// <summary>A number, or null.</summary>
    public void NumberOrNull<T>(T? number)
        where T : struct, IUtf8SpanFormattable
    {
        if (number is not { } value)
        {
            Null();
            return;
        }

        value.TryFormat(Room(32), out var written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    private void Null() => Raw("null"u8);

    private static int Plain(ReadOnlySpan<char> text, Span<byte> room)
    {
        for (var at = 0; ;)
        {
            var status = Utf8.FromUtf16(text, room[at..], out var read, out var written, replaceInvalidSequences: false);
            at += written;
            if (status is not OperationStatus.InvalidData) return at;
            "\\uFFFD"u8.CopyTo(room[at..]);
            at += 6;
            text = text[(read + 1)..];
        }
    }

    private static int Escape(char c, Span<byte> room)
    {
        room[0] = (byte)'\\';
        room[1] = c switch
        {
            '\n' => (byte)'n',
            '\r' => (byte)'r',
            '\t' => (byte)'t',
            '\b' => (byte)'b',
            '\f' => (byte)'f',
            < ' ' => (byte)'u',
            _ => (byte)c,
        };
        if (room[1] != 'u') return 2;
        ((int)c).TryFormat(room[2..], out var written, "X4", CultureInfo.InvariantCulture);
        return 2 + written;
    }

    private Span<byte> Room(int bytes)
    {
        if (_room.Length - _length < bytes) Array.Resize(ref _room, Math.Max(_length + bytes, 2 * _room.Length));
        return _room.AsSpan(_length);
    }
}
