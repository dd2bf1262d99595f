using System.Security.Cryptography;
using System.Text;

namespace Mirion.Generation.Domain.Common;

/// <summary>Name-based UUIDs (RFC 9562, section 5.5): the same namespace and name always give the same id.</summary>
public static class UuidV5
{
    /// <summary>The UUID of <paramref name="name"/> (UTF-8) within <paramref name="namespaceId"/>.</summary>
    // SHA-1 is what the RFC prescribes; nothing here relies on it against an adversary.
#pragma warning disable CA5350
    public static Guid Create(Guid namespaceId, string name)
    {
        var size = 16 + Encoding.UTF8.GetByteCount(name);
        Span<byte> input = size <= 512 ? stackalloc byte[size] : new byte[size];
        namespaceId.TryWriteBytes(input, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, input[16..]);

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(input, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
#pragma warning restore CA5350
}
