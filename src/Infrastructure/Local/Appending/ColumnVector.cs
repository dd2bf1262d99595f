using System.Diagnostics;
using System.Runtime.CompilerServices;
using DuckDB.NET.Native;
using Mirion.Generation.Infrastructure.Sql;

namespace Mirion.Generation.Infrastructure.Local.Appending;

/// <summary>One column of a chunk that is being filled, as DuckDB lays it out in memory.</summary>
/// <param name="vector">DuckDB's vector.</param>
/// <param name="bytes">Room for the bytes of a text.</param>
internal readonly unsafe struct ColumnVector(nint vector, TextBytes bytes)
{
    // A text of up to so many bytes stands in its place in the vector; a longer one stands in the vector's heap.
    private const int InlineBytes = 12;
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    /// <summary>Fills the vector with the values that <paramref name="column"/> has of <paramref name="rows"/>.</summary>
    public void Fill<TRow>(ColumnDefinition<TRow> column, TRow[] rows)
    {
        var data = NativeMethods.Vectors.DuckDBVectorGetData(vector);
        ulong* validity = null;
        var entries = 0ul;
        for (var i = 0; i < rows.Length; i++)
        {
            if (column.WriteJson is { } write)
            {
                if (bytes.Json(rows[i], write)) Text(data, i);
                else Null(i, ref validity);
                continue;
            }

            switch (column.Value(rows[i]))
            {
                case null:
                    Null(i, ref validity);
                    break;
                case string text:
                    bytes.Text(text);
                    Text(data, i);
                    break;
                case int number:
                    ((int*)data)[i] = number;
                    break;
                case long number:
                    ((long*)data)[i] = number;
                    break;
                case double number:
                    ((double*)data)[i] = number;
                    break;
                case bool truth:
                    ((bool*)data)[i] = truth;
                    break;
                case Guid id:
                    ((UInt128*)data)[i] = Ordered(id);
                    break;
                case DateTimeOffset time:
                    ((long*)data)[i] = (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TicksPerMicrosecond;
                    break;
                case IReadOnlyCollection<string> texts:
                    ((ulong*)data)[2 * i] = entries;
                    ((ulong*)data)[(2 * i) + 1] = (ulong)texts.Count;
                    entries = AddEntries(texts, entries);
                    break;
                case var other:
                    throw new UnreachableException($"No column holds a {other.GetType().Name}.");
            }
        }
    }

    // DuckDB orders UUIDs as signed numbers, and so keeps them with their highest bit turned.
    private static UInt128 Ordered(Guid id)
    {
        Span<byte> big = stackalloc byte[16];
        id.TryWriteBytes(big, bigEndian: true, out _);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(big) ^ (UInt128.One << 127);
    }

    private ulong AddEntries(IReadOnlyCollection<string> texts, ulong at)
    {
        var end = at + (ulong)texts.Count;
        NativeMethods.Vectors.DuckDBListVectorReserve(vector, end);
        NativeMethods.Vectors.DuckDBListVectorSetSize(vector, end);
        var child = new ColumnVector(NativeMethods.Vectors.DuckDBListVectorGetChild(vector), bytes);
        // Reserving may have moved them.
        var data = NativeMethods.Vectors.DuckDBVectorGetData(NativeMethods.Vectors.DuckDBListVectorGetChild(vector));
        foreach (var text in texts)
        {
            bytes.Text(text);
            child.Text(data, (int)at++);
        }

        return end;
    }

    private void Text(void* data, int row)
    {
        var written = bytes.Written;
        if (written.Length <= InlineBytes)
        {
            var place = (byte*)data + (16 * row);
            Unsafe.InitBlockUnaligned(place, 0, 16);
            *(int*)place = written.Length;
            written.CopyTo(new Span<byte>(place + 4, InlineBytes));
            return;
        }

        // Strict UTF-8 by now, so DuckDB need not look at it again.
        fixed (byte* start = written) NativeMethods.Vectors.DuckDBUnsafeVectorAssignStringElementLength(vector, (ulong)row, start, written.Length);
    }

    private void Null(int row, ref ulong* validity)
    {
        if (validity is null)
        {
            NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(vector);
            validity = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
        }

        validity[row / 64] &= ~(1ul << (row % 64));
    }
}
