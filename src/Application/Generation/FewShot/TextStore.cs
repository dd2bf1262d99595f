using System.Text;

namespace Mirion.Generation.Application.Generation.FewShot;

/// <summary>Where a text stands in a <see cref="TextStore"/>.</summary>
/// <param name="Block">The block.</param>
/// <param name="Start">The first byte in it.</param>
/// <param name="Length">The bytes.</param>
internal readonly record struct StoredText(int Block, int Start, int Length);

/// <summary>
/// Texts in UTF-8, side by side in large blocks. Of the many questions that are indexed, few are ever read again, and as strings they
/// would take more than twice the room.
/// </summary>
internal sealed class TextStore
{
    private const int BlockSize = 1 << 18;

    private readonly List<byte[]> _blocks = [];
    private int _used;

    /// <summary>Keeps <paramref name="text"/>.</summary>
    public StoredText Add(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if (_blocks.Count == 0 || _blocks[^1].Length - _used < length)
        {
            _blocks.Add(new byte[Math.Max(BlockSize, length)]);
            _used = 0;
        }

        var stored = new StoredText(_blocks.Count - 1, _used, Encoding.UTF8.GetBytes(text, _blocks[^1].AsSpan(_used)));
        _used += length;
        return stored;
    }

    /// <summary>Gives a text back.</summary>
    public string Read(StoredText text) => Encoding.UTF8.GetString(_blocks[text.Block], text.Start, text.Length);
}
