using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mirion.Generation.Application.Common;

namespace Mirion.Generation.Application.Labels.Import;

/// <summary>Reads labels from files and requests, as they are needed. What cannot be read is a row with a fault, never an exception.</summary>
public static class LabelRows
{
    private const int LongestLine = 32 * 1024 * 1024;
    private const byte LineFeed = (byte)'\n';

    private static readonly JsonSerializerOptions Strict = new(DomainJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <summary>The entries of a JSON array, numbered from 1.</summary>
    public static async IAsyncEnumerable<LabelRow> FromJsonArray(Stream json, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var entries = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(json, DomainJson.Options, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        for (var number = 1L; ; number++)
        {
            var (row, more) = await NextAsync(entries, number);
            if (row is not null) yield return row;
            if (!more) yield break;
        }
    }

    /// <summary>The lines of JSON Lines, one label each, numbered from 1. Blank lines are passed over.</summary>
    public static async IAsyncEnumerable<LabelRow> FromJsonLines(Stream lines, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var number = 0L;
        await foreach (var line in ReadLinesAsync(lines, cancellationToken))
        {
            number++;
            if (line.Length > LongestLine) yield return new(number, null, "The line is longer than 32 MB; nothing after it was read.") { EndsReading = true };
            else if (!IsBlank(line)) yield return Read(number, line);
        }
    }

    private static async ValueTask<(LabelRow? Row, bool More)> NextAsync(IAsyncEnumerator<JsonElement> entries, long number)
    {
        try
        {
            return await entries.MoveNextAsync() ? (Read(number, entries.Current), true) : (null, false);
        }
        catch (JsonException e)
        {
            var fault = JsonFault.Of(e, typeof(JsonElement[]), DomainJson.Options);
            return (new LabelRow(number + EntriesBefore(e), null, fault.IsSyntax ? fault.Message : "Give a list of labels.") { EndsReading = true }, false);
        }
    }

    // The path counts from the last entry that was handed out; sound entries between it and the fault never are.
    private static long EntriesBefore(JsonException exception) =>
        exception.Path is ['$', '[', .. var rest] && long.TryParse(rest.Split(']')[0], CultureInfo.InvariantCulture, out var index) ? index : 0;

    private static LabelRow Read(long number, JsonElement entry)
    {
        try
        {
            return Read(number, entry.Deserialize<LabelDocument>(Strict));
        }
        catch (JsonException e)
        {
            return Fault(number, e);
        }
    }

    private static LabelRow Read(long number, ReadOnlySequence<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = Strict.MaxDepth });
            var document = JsonSerializer.Deserialize<LabelDocument>(ref reader, Strict);
            reader.Read(); // throws when something follows the label
            return Read(number, document);
        }
        catch (JsonException e)
        {
            return Fault(number, e);
        }
    }

    private static LabelRow Read(long number, LabelDocument? document)
    {
        if (document is null) return new(number, null, "Give a label; null is none.");
        return document.ToDraft().TryGet(out var draft, out var error) ? new(number, draft) : new(number, null, error.Message);
    }

    private static LabelRow Fault(long number, JsonException exception)
    {
        var fault = JsonFault.Of(exception, typeof(LabelDocument), Strict);
        return new(number, null, fault.Field is null ? fault.Message : $"{fault.Field}: {fault.Message}");
    }

    private static async IAsyncEnumerable<ReadOnlySequence<byte>> ReadLinesAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        try
        {
            for (var (searched, isFirst) = (0L, true); ; isFirst = false)
            {
                var read = await reader.ReadAsync(cancellationToken);
                var rest = isFirst ? WithoutByteOrderMark(read.Buffer) : read.Buffer;
                while (rest.Slice(searched).PositionOf(LineFeed) is { } end)
                {
                    yield return rest.Slice(0, end);
                    rest = rest.Slice(rest.GetPosition(1, end));
                    searched = 0;
                }

                var isLast = read.IsCompleted || rest.Length > LongestLine;
                if (isLast && !rest.IsEmpty) yield return rest;
                if (isLast) yield break;
                searched = rest.Length;
                reader.AdvanceTo(rest.Start, rest.End);
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    // Editors on Windows write one, and JSON forbids it.
    private static ReadOnlySequence<byte> WithoutByteOrderMark(ReadOnlySequence<byte> start)
    {
        var reader = new SequenceReader<byte>(start);
        return reader.IsNext([0xEF, 0xBB, 0xBF], advancePast: true) ? reader.UnreadSequence : start;
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
        {
            if (part.Span.ContainsAnyExcept(" \t\r"u8)) return false;
        }

        return true;
    }
}
