using Microsoft.Win32.SafeHandles;

namespace Mirion.Generation.Infrastructure.Local.Journal;

/// <summary>A file of a journal. It goes once no more is appended to it and all that it holds is stored.</summary>
internal sealed class JournalSegment
{
    private readonly Lock _gate = new();
    private readonly string _file;
    private SafeFileHandle? _handle;
    private long _length;
    private int _open;

    private JournalSegment(string file, SafeFileHandle? handle, int entries) => (_file, _handle, Entries, _open) = (file, handle, entries, entries);

    /// <summary>How many entries it has.</summary>
    public int Entries { get; private set; }

    /// <summary>One that is yet to be written.</summary>
    public static JournalSegment New(string file) => new(file, File.OpenHandle(file, FileMode.Create, FileAccess.Write, FileShare.Read), entries: 0);

    /// <summary>One that an earlier run wrote.</summary>
    public static JournalSegment Left(string file, int entries) => new(file, handle: null, entries);

    /// <summary>Appends a line.</summary>
    public void Append(ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            RandomAccess.Write(_handle!, line, _length);
            _length += line.Length;
            (Entries, _open) = (Entries + 1, _open + 1);
        }
    }

    /// <summary>Ends it: nothing more is appended.</summary>
    public void Seal()
    {
        lock (_gate)
        {
            _handle?.Dispose();
            _handle = null;
            RemoveWhenDone();
        }
    }

    /// <summary>Notes that an entry is stored.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _open--;
            if (_handle is null) RemoveWhenDone();
        }
    }

    private void RemoveWhenDone()
    {
        if (_open > 0) return;
        try
        {
            File.Delete(_file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What it holds is stored: whoever reads it finds nothing to do with it.
        }
    }
}
