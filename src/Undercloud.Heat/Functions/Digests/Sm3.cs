using System.Buffers.Binary;
using System.Numerics;

namespace Undercloud.Heat.Functions.Digests;

/// <summary>SM3, which .NET lacks; source: GB/T 32905-2016.</summary>
internal static class Sm3
{
    public static byte[] Hash(byte[] data)
    {
        uint[] state = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];
        foreach (var block in Padding.Blocks(data, 64, 8, bigEndian: true))
            Compress(state, block);
        var hash = new byte[32];
        for (var i = 0; i < 8; i++)
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(4 * i), state[i]);
        return hash;
    }

    private static void Compress(uint[] state, byte[] block)
    {
        Span<uint> w = stackalloc uint[68];
        for (var i = 0; i < 16; i++)
            w[i] = BinaryPrimitives.ReadUInt32BigEndian(block.AsSpan(4 * i));
        for (var i = 16; i < 68; i++)
        {
            var mixed = w[i - 16] ^ w[i - 9] ^ BitOperations.RotateLeft(w[i - 3], 15);
            w[i] = mixed ^ BitOperations.RotateLeft(mixed, 15) ^ BitOperations.RotateLeft(mixed, 23) ^ BitOperations.RotateLeft(w[i - 13], 7) ^ w[i - 6];
        }

        var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);
        for (var i = 0; i < 64; i++)
        {
            var early = i < 16;
            var turned = BitOperations.RotateLeft(a, 12);
            var first = BitOperations.RotateLeft(turned + e + BitOperations.RotateLeft(early ? 0x79cc4519u : 0x7a879d8au, i), 7);
            var second = first ^ turned;
            var left = (early ? a ^ b ^ c : (a & b) | (a & c) | (b & c)) + d + second + (w[i] ^ w[i + 4]);
            var right = (early ? e ^ f ^ g : (e & f) | (~e & g)) + h + first + w[i];
            (d, c, b, a) = (c, BitOperations.RotateLeft(b, 9), a, left);
            (h, g, f, e) = (g, BitOperations.RotateLeft(f, 19), e, right ^ BitOperations.RotateLeft(right, 9) ^ BitOperations.RotateLeft(right, 17));
        }

        uint[] mixedIn = [a, b, c, d, e, f, g, h];
        for (var i = 0; i < 8; i++)
            state[i] ^= mixedIn[i];
    }
}
