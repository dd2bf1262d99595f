using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Mirion.Generation.Api.IntegrationTests.Harness;

/// <summary>Small pictures: PNG, grey, one shade.</summary>
internal static class Png
{
    public static byte[] Draw(int width, int height, byte shade)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits a sample; the zeros that follow mean grey, deflate, no interlacing
        WriteChunk(png, "IHDR", header);
        WriteChunk(png, "IDAT", Compress(width, height, shade));
        WriteChunk(png, "IEND", []);
        return png.ToArray();
    }

    private static byte[] Compress(int width, int height, byte shade)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest))
        {
            var line = new byte[width + 1];
            line.AsSpan(1).Fill(shade);
            for (var y = 0; y < height; y++) zlib.Write(line);
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream png, string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        png.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }
}
