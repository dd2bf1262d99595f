namespace Mirion.Generation.Application.Generation.Calls.Sharing;

/// <summary>Records written one after the other into pages. When they take more than they may, the oldest page goes.</summary>
internal sealed class AnswerPages(long mostBytes)
{
    private const int PageBits = 18;
    private const int PageBytes = 1 << PageBits;

    private readonly List<byte[]?> _pages = [];
    private int _used = PageBytes;
    private int _oldest;
    private long _held;

    /// <summary>Room for a record of <paramref name="length"/> bytes, and where it is.</summary>
    public Span<byte> Add(int length, out long position)
    {
        if (_used + length > PageBytes) AddPage(Math.Max(PageBytes, length));
        position = ((long)(_pages.Count - 1) << PageBits) + _used;
        var room = _pages[^1].AsSpan(_used, length);
        _used += length;
        return room;
    }

    /// <summary>What is at <paramref name="position"/> and behind it; empty when it is gone.</summary>
    public ReadOnlySpan<byte> At(long position) => _pages[(int)(position >> PageBits)] is { } page ? page.AsSpan((int)(position & (PageBytes - 1))) : [];

    private void AddPage(int length)
    {
        while (_oldest < _pages.Count && _held + length > mostBytes)
        {
            _held -= _pages[_oldest]!.Length;
            _pages[_oldest++] = null;
        }

        _pages.Add(new byte[length]);
        _held += length;
        _used = 0;
    }
}
