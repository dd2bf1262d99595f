using Mirion.Generation.Application.Common;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Local.Appending;

/// <summary>The bytes of one text at a time, in room that is used again for the next.</summary>
internal sealed class TextBytes
{
    private readonly CompactJsonWriter _json = new();
    private byte[] _text = new byte[1024];
    private int _length;
    private bool _isJson;

    /// <summary>The bytes of the last text; good until the next one.</summary>
    public ReadOnlySpan<byte> Written => _isJson ? _json.Written : _text.AsSpan(0, _length);

    /// <summary>Takes a text.</summary>
    /// <exception cref="ArgumentException">It holds half a surrogate pair.</exception>
    public void Text(string text)
    {
        var most = StrictUtf8.Encoding.GetMaxByteCount(text.Length);
        if (_text.Length < most) _text = new byte[most];
        _length = StrictUtf8.Encoding.GetBytes(text, _text);
        _isJson = false;
    }

    /// <summary>Takes the JSON that <paramref name="write"/> writes of a row; false when that is nothing, for null.</summary>
    public bool Json<TRow>(TRow row, Action<TRow, CompactJsonWriter> write)
    {
        _json.Clear();
        write(row, _json);
        _isJson = true;
        return _json.Written.Length > 0;
    }
}
