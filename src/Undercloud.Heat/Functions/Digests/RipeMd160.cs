using System.Buffers.Binary;
using System.Numerics;

namespace Undercloud.Heat.Functions.Digests;

/// <summary>RIPEMD-160, which .NET lacks; source: ISO/IEC 10118-3.</summary>
internal static class RipeMd160
{
    private static readonly int[] s_rho = [7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14, 11, 8];
    private static readonly int[] s_leftShifts =
    [
        11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8, 7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15, 9, 11, 7, 13, 12,
        11, 13, 6, 7, 14, 9, 13, 15, 14, 8, 13, 6, 5, 12, 7, 5, 11, 12, 14, 15, 14, 15, 9, 8, 9, 14, 5, 6, 8, 6, 5, 12,
        9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6,
    ];

    private static readonly int[] s_rightShifts =
    [
        8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6, 9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12, 7, 6, 15, 13, 11,
        9, 7, 15, 11, 8, 6, 6, 14, 12, 13, 5, 14, 13, 13, 7, 5, 15, 5, 8, 11, 14, 14, 6, 14, 6, 9, 12, 9, 12, 5, 15, 8,
        8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11,
    ];

    private static readonly uint[] s_leftConstants = [0, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e];
    private static readonly uint[] s_rightConstants = [0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0];

    public static byte[] Hash(byte[] data)
    {
        uint[] state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
        foreach (var block in Padding.Blocks(data, 64, 8, bigEndian: false))
        {
            var words = Enumerable.Range(0, 16).Select(i => BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(4 * i))).ToArray();
            var left = Line(state, words, [.. Enumerable.Range(0, 16)], s_leftShifts, s_leftConstants, right: false);
            var right = Line(state, words, [.. Enumerable.Range(0, 16).Select(i => ((9 * i) + 5) % 16)], s_rightShifts, s_rightConstants, right: true);
            state = [.. Enumerable.Range(0, 5).Select(i => state[(i + 1) % 5] + left[(i + 2) % 5] + right[(i + 3) % 5])];
        }

        var hash = new byte[20];
        for (var i = 0; i < 5; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(hash.AsSpan(4 * i), state[i]);
        return hash;
    }

    private static uint[] Line(uint[] state, uint[] words, int[] order, int[] shifts, uint[] constants, bool right)
    {
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4]);
        for (var i = 0; i < 80; i++)
        {
            var round = i / 16;
            var mixed = BitOperations.RotateLeft(a + Mix(right ? 4 - round : round, b, c, d) + words[order[i % 16]] + constants[round], shifts[i]) + e;
            (a, e, d, c, b) = (e, d, BitOperations.RotateLeft(c, 10), b, mixed);
            if (i % 16 == 15)
                order = [.. order.Select(place => s_rho[place])];
        }

        return [a, b, c, d, e];
    }

    private static uint Mix(int round, uint x, uint y, uint z) => round switch
    {
        0 => x ^ y ^ z,
        1 => (x & y) | (~x & z),
        2 => (x | ~y) ^ z,
        3 => (x & z) | (y & ~z),
        _ => x ^ (y | ~z),
    };
}
