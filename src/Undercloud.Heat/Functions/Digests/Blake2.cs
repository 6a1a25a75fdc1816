using System.Buffers.Binary;
using System.Numerics;

namespace Undercloud.Heat.Functions.Digests;

/// <summary>BLAKE2b-512 and BLAKE2s-256 without a key; source: RFC 7693.</summary>
internal static class Blake2
{
    private static readonly byte[][] s_order =
    [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
        [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4], [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
        [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13], [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
        [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11], [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
        [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5], [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
    ];

    private static readonly ulong[] s_start = [.. Primes.First(8).Select(prime => Primes.RootFraction(prime, 2))];

    public static byte[] Hash512(byte[] data)
    {
        ulong[] state = [.. s_start];
        state[0] ^= 0x01010000 ^ 64;
        for (var at = 0; ; at += 128)
        {
            var last = data.Length - at <= 128;
            var block = new byte[128];
            data.AsSpan(at, int.Min(128, data.Length - at)).CopyTo(block);
            Compress(state, block, (ulong)int.Min(data.Length, at + 128), last);
            if (!last)
                continue;
            var hash = new byte[64];
            for (var i = 0; i < 8; i++)
                BinaryPrimitives.WriteUInt64LittleEndian(hash.AsSpan(8 * i), state[i]);
            return hash;
        }
    }

    public static byte[] Hash256(byte[] data)
    {
        uint[] state = [.. s_start.Select(word => (uint)(word >> 32))];
        state[0] ^= 0x01010000 ^ 32;
        for (var at = 0; ; at += 64)
        {
            var last = data.Length - at <= 64;
            var block = new byte[64];
            data.AsSpan(at, int.Min(64, data.Length - at)).CopyTo(block);
            Compress(state, block, (ulong)int.Min(data.Length, at + 64), last);
            if (!last)
                continue;
            var hash = new byte[32];
            for (var i = 0; i < 8; i++)
                BinaryPrimitives.WriteUInt32LittleEndian(hash.AsSpan(4 * i), state[i]);
            return hash;
        }
    }

    private static void Compress(ulong[] state, byte[] block, ulong count, bool last)
    {
        ulong[] v = [.. state, .. s_start];
        v[12] ^= count;
        v[14] ^= last ? ulong.MaxValue : 0;
        var words = Enumerable.Range(0, 16).Select(i => BinaryPrimitives.ReadUInt64LittleEndian(block.AsSpan(8 * i))).ToArray();
        for (var round = 0; round < 12; round++)
        {
            var order = s_order[round % 10];
            for (var i = 0; i < 8; i++)
            {
                var (a, b, c, d) = Quarter(i);
                v[a] += v[b] + words[order[2 * i]];
                v[d] = BitOperations.RotateRight(v[d] ^ v[a], 32);
                v[c] += v[d];
                v[b] = BitOperations.RotateRight(v[b] ^ v[c], 24);
                v[a] += v[b] + words[order[(2 * i) + 1]];
                v[d] = BitOperations.RotateRight(v[d] ^ v[a], 16);
                v[c] += v[d];
                v[b] = BitOperations.RotateRight(v[b] ^ v[c], 63);
            }
        }

        for (var i = 0; i < 8; i++)
            state[i] ^= v[i] ^ v[i + 8];
    }

    private static void Compress(uint[] state, byte[] block, ulong count, bool last)
    {
        uint[] v = [.. state, .. s_start.Select(word => (uint)(word >> 32))];
        v[12] ^= (uint)count;
        v[13] ^= (uint)(count >> 32);
        v[14] ^= last ? uint.MaxValue : 0;
        var words = Enumerable.Range(0, 16).Select(i => BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(4 * i))).ToArray();
        for (var round = 0; round < 10; round++)
        {
            var order = s_order[round];
            for (var i = 0; i < 8; i++)
            {
                var (a, b, c, d) = Quarter(i);
                v[a] += v[b] + words[order[2 * i]];
                v[d] = BitOperations.RotateRight(v[d] ^ v[a], 16);
                v[c] += v[d];
                v[b] = BitOperations.RotateRight(v[b] ^ v[c], 12);
                v[a] += v[b] + words[order[(2 * i) + 1]];
                v[d] = BitOperations.RotateRight(v[d] ^ v[a], 8);
                v[c] += v[d];
                v[b] = BitOperations.RotateRight(v[b] ^ v[c], 7);
            }
        }

        for (var i = 0; i < 8; i++)
            state[i] ^= v[i] ^ v[i + 8];
    }

    // Four columns first, then four diagonals.
    private static (int A, int B, int C, int D) Quarter(int i) => i < 4
        ? (i, i + 4, i + 8, i + 12)
        : (i - 4, 4 + ((i - 3) % 4), 8 + ((i - 2) % 4), 12 + ((i - 1) % 4));
}
