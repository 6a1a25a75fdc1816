using System.Buffers.Binary;

namespace Undercloud.Heat.Functions.Digests;

/// <summary>The padding of the hash functions in MD4's line: a one, zeros, the length in bits.</summary>
internal static class Padding
{
    /// <summary>The padded data in blocks.</summary>
    public static IEnumerable<byte[]> Blocks(byte[] data, int block, int lengthField, bool bigEndian)
    {
        var total = (data.Length + 1 + lengthField + block - 1) / block * block;
        var padded = new byte[total];
        data.CopyTo(padded, 0);
        padded[data.Length] = 0x80;
        if (bigEndian)
            BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(total - 8), (ulong)data.Length * 8);
        else
            BinaryPrimitives.WriteUInt64LittleEndian(padded.AsSpan(total - 8), (ulong)data.Length * 8);
        for (var at = 0; at < total; at += block)
            yield return padded[at..(at + block)];
    }
}
