using System.Text;
using Mirion.Generation.Domain.Common;

namespace Mirion.Generation.Infrastructure.Local.Sources.Tables;

/// <summary>
/// Reads the names of a CSV file's columns. DuckDB would change names that are alike but for letter case, and takes the first row for data when
/// it looks like data.
/// </summary>
internal static class CsvHeader
{
    // A header longer than this is no header; the reader must not swallow a file that is one line.
    private const int LongestHeader = 1_000_000;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The names, all different. A column without a name is called by its place, as DuckDB does: <c>column0</c>.</summary>
    public static Result<IReadOnlyList<string>> Read(TableFile file)
    {
        // Byte by byte, so that what is wrong in the rows behind is not held against the header.
        using var bytes = new StreamReader(AfterByteOrderMark(file.Path), Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        if (ReadFields(bytes) is not { } fields) return file.Damaged("line 1: the header has a quote that is not closed, or text behind a closed one.");
        try
        {
            var names = fields.Select(field => Utf8.GetString(Encoding.Latin1.GetBytes(field)))
                .Select((name, index) => name.Length > 0 ? name : $"column{index}").ToList();
            if (fields is [""]) return file.Damaged("line 1: it is blank; the header must stand there.");
            return names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { Key: var twice }
                ? file.Damaged($"line 1: the header names '{twice}' more than once.")
                : names;
        }
        catch (DecoderFallbackException)
        {
            return file.Damaged("line 1: it is not UTF-8.");
        }
    }

    private static FileStream AfterByteOrderMark(string path)
    {
        var stream = File.OpenRead(path);
        Span<byte> start = stackalloc byte[3];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.SequenceEqual("\uFEFF"u8)) stream.Position = 0;
        return stream;
    }

    private static List<string>? ReadFields(StreamReader text)
    {
        var (fields, field, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var length = 0; length < LongestHeader; length++)
        {
            switch (text.Read())
            {
                case '"' when quoted && text.Peek() == '"':
                    field.Append((char)text.Read());
                    break;
                case '"' when quoted:
                    if (text.Peek() is not (',' or '\r' or '\n' or -1)) return null;
                    quoted = false;
                    break;
                case '"' when field.Length == 0:
                    quoted = true;
                    break;
                case ',' when !quoted:
                    fields.Add(field.ToString());
                    field.Clear();
                    break;
                case -1 when quoted:
                    return null;
                case -1 or '\r' or '\n' when !quoted:
                    fields.Add(field.ToString());
                    return fields;
                case var c:
                    field.Append((char)c);
                    break;
            }
        }

        return null;
    }
}
