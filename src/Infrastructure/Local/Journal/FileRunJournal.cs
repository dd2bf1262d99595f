using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.Sheets;

namespace Mirion.Generation.Infrastructure.Local.Journal;

/// <summary>
/// The journal of one run. Entries are appended to a file, each by a write of its own that is not buffered here: it is the system's once it returns, and outlives the
/// process. It is not flushed to the disk, which would cost a thousand times as much; a power cut may cost the last ones. A file is deleted once everything in it is stored.
/// </summary>
internal sealed class FileRunJournal : IRunJournal
{
    /// <summary>Entries in a file.</summary>
    public const int SegmentEntries = 512;

    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _buffer = new(8 * 1024);
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<ItemRef, (JournalEntry Entry, JournalSegment Segment)> _left = [];
    private readonly string _folder;
    private readonly int _epoch;
    private readonly Action<Exception> _broken;
    private JournalSegment? _current;
    private int _segments;
    private bool _isBroken;

    /// <summary>Opens it.</summary>
    /// <param name="folder">Where its files go; made with the first of them.</param>
    /// <param name="epoch">The run's epoch, which keeps its files apart from those of others.</param>
    /// <param name="left">What earlier runs left.</param>
    /// <param name="broken">Told once when it cannot be written.</param>
    public FileRunJournal(string folder, int epoch, IReadOnlyList<LeftSegment> left, Action<Exception> broken)
    {
        (_folder, _epoch, _broken) = (folder, epoch, broken);
        _json = new Utf8JsonWriter(_buffer, JournalLine.Options);
        foreach (var (file, entries) in left)
        {
            var segment = JournalSegment.Left(file, entries.Count);
            // The later of two is the one whose pair is not stored.
            foreach (var entry in entries)
            {
                if (_left.TryGetValue(entry.Item, out var earlier)) earlier.Segment.Release();
                _left[entry.Item] = (entry, segment);
            }
        }
    }

    public KeptAnswer? Find(ItemRef item, string promptHash, ModelSettings asked)
    {
        lock (_gate)
        {
            return _left.Remove(item, out var left) && left.Entry.PromptHash == promptHash ? new Kept(left.Entry.ReplyTo(asked), left.Segment) : null;
        }
    }

    public ValueTask<KeptAnswer> KeepAsync(ItemRef item, string promptHash, ModelReply reply)
    {
        lock (_gate) return new(new Kept(reply, Append(item, promptHash, reply)));
    }

    public ValueTask CompleteAsync()
    {
        lock (_gate)
        {
            _current?.Seal();
            _current = null;
            _left.Clear();
        }

        Remove(_folder);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _current?.Seal();
            _current = null;
        }

        return _json.DisposeAsync();
    }

    /// <summary>Removes a journal; what cannot be removed is in nobody's way.</summary>
    public static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file of it is held by somebody who looks at it.
        }
    }

    private JournalSegment? Append(ItemRef item, string promptHash, ModelReply reply)
    {
        if (_isBroken) return null;
        try
        {
            _buffer.ResetWrittenCount();
            JournalLine.Write(_buffer, _json, item, promptHash, reply);
            var segment = _current ??= Begin();
            segment.Append(_buffer.WrittenSpan);
            if (segment.Entries < SegmentEntries) return segment;
            segment.Seal();
            _current = null;
            return segment;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _isBroken = true;
            _broken(e);
            return null;
        }
    }

    private JournalSegment Begin()
    {
        Directory.CreateDirectory(_folder);
        return JournalSegment.New(Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{_epoch:d6}-{_segments++:d6}.log")));
    }

    private sealed class Kept(ModelReply reply, JournalSegment? segment) : KeptAnswer(reply)
    {
        public override void Stored() => segment?.Release();
    }
}
