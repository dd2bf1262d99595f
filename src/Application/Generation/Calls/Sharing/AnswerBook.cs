using System.Buffers.Binary;
using System.Text;
using Mirion.Generation.Application.Ports;
using Mirion.Generation.Domain.QAPairs;

namespace Mirion.Generation.Application.Generation.Calls.Sharing;

/// <summary>An answer that was given before in a run.</summary>
/// <param name="Reply">The reply, without what it cost; null when it is no longer held here, and stands in the pair alone.</param>
/// <param name="Pair">The pair it was asked for.</param>
/// <param name="Item">That pair's item; null with <paramref name="Reply"/>.</param>
internal readonly record struct KnownAnswer(ModelReply? Reply, QAPairId Pair, string? Item);

/// <summary>
/// The answers of a run by question. It keeps every question it ever saw, in some fifty bytes each, and of the answers as many of the latest as there is room for: a run
/// of a million questions must fit into a machine that runs other things too.
/// </summary>
internal sealed class AnswerBook(long mostAnswerBytes)
{
    private const int EntriesAPage = 1 << 12;
    private const int MostManners = byte.MaxValue;

    private readonly List<Entry[]> _entries = [];
    private readonly AnswerPages _answers = new(mostAnswerBytes);
    private readonly List<Manner> _manners = [];
    // Numbers of entries, from 1, at most half of the places taken.
    private int[] _places = new int[1 << 10];
    private int _count;

    /// <summary>Keeps the latest answer to a question.</summary>
    /// <param name="question">The question's fingerprint.</param>
    /// <param name="known">The answer, whole.</param>
    public void Keep(UInt128 question, KnownAnswer known)
    {
        if (MannerOf(known.Reply!) is not { } manner) return;
        if (2 * (_count + 1) > _places.Length) Grow();
        ref var place = ref PlaceOf(question);
        if (place == 0)
        {
            if (_count == _entries.Count * EntriesAPage) _entries.Add(new Entry[EntriesAPage]);
            place = ++_count;
        }

        EntryOf(place - 1) = new Entry(question, known.Pair.Value, Write(manner, known.Reply!.Answer!, known.Item!));
    }

    /// <summary>Looks for an answer.</summary>
    public bool TryFind(UInt128 question, out KnownAnswer known)
    {
        var number = PlaceOf(question);
        if (number == 0)
        {
            known = default;
            return false;
        }

        ref var entry = ref EntryOf(number - 1);
        known = Read(entry);
        return true;
    }

    private ref Entry EntryOf(int index) => ref _entries[index / EntriesAPage][index % EntriesAPage];

    // The place of the question, or the free one where it would go. A fingerprint is as good as random, so its lowest bits are as good a start as any.
    private ref int PlaceOf(UInt128 question)
    {
        var mask = _places.Length - 1;
        for (var i = (int)(uint)question & mask; ; i = (i + 1) & mask)
        {
            if (_places[i] == 0 || EntryOf(_places[i] - 1).Question == question) return ref _places[i];
        }
    }

    private void Grow()
    {
        _places = new int[2 * _places.Length];
        for (var i = 0; i < _count; i++) PlaceOf(EntryOf(i).Question) = i + 1;
    }

    // Model, settings and finish reason are a handful of combinations in a run; a model that makes up reasons without end is not remembered.
    private byte? MannerOf(ModelReply reply)
    {
        var manner = new Manner(reply.Model, reply.Sent, reply.FinishReason);
        var index = _manners.IndexOf(manner);
        if (index >= 0) return (byte)index;
        if (_manners.Count == MostManners) return null;
        _manners.Add(manner);
        return (byte)(_manners.Count - 1);
    }

    private long Write(byte manner, string answer, string item)
    {
        var (answerBytes, itemBytes) = (Encoding.UTF8.GetByteCount(answer), Encoding.UTF8.GetByteCount(item));
        var room = _answers.Add(1 + sizeof(int) + sizeof(int) + answerBytes + itemBytes, out var position);
        room[0] = manner;
        BinaryPrimitives.WriteInt32LittleEndian(room[1..], answerBytes);
        BinaryPrimitives.WriteInt32LittleEndian(room[5..], itemBytes);
        Encoding.UTF8.GetBytes(answer, room[9..]);
        Encoding.UTF8.GetBytes(item, room[(9 + answerBytes)..]);
        return position;
    }

    private KnownAnswer Read(in Entry entry)
    {
        var record = _answers.At(entry.Position);
        if (record.IsEmpty) return new KnownAnswer(Reply: null, new QAPairId(entry.Pair), Item: null);
        var manner = _manners[record[0]];
        var (answerBytes, itemBytes) = (BinaryPrimitives.ReadInt32LittleEndian(record[1..]), BinaryPrimitives.ReadInt32LittleEndian(record[5..]));
        var reply = new ModelReply { Model = manner.Model, Sent = manner.Sent, FinishReason = manner.FinishReason, Answer = Encoding.UTF8.GetString(record.Slice(9, answerBytes)) };
        return new KnownAnswer(reply, new QAPairId(entry.Pair), Encoding.UTF8.GetString(record.Slice(9 + answerBytes, itemBytes)));
    }

    private readonly record struct Entry(UInt128 Question, Guid Pair, long Position);

    private sealed record Manner(string Model, ModelSettings? Sent, string? FinishReason);
}
