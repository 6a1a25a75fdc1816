using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Undercloud.Heat.Functions.Digests;

/// <summary>SHA-512/224 and SHA-512/256, which .NET lacks; source: FIPS 180-4.</summary>
internal static class Sha512Truncated
{
    private static readonly ulong[] s_constants = [.. Primes.First(80).Select(prime => Primes.RootFraction(prime, 3))];

    /// <summary>The digest of <paramref name="bits"/> bits.</summary>
    public static byte[] Hash(byte[] data, int bits)
    {
        var state = Start();
        for (var i = 0; i < 8; i++)
            state[i] ^= 0xa5a5a5a5a5a5a5a5;
        var name = Hash(state, Encoding.ASCII.GetBytes($"SHA-512/{bits}"));
        for (var i = 0; i < 8; i++)
            state[i] = BinaryPrimitives.ReadUInt64BigEndian(name.AsSpan(8 * i));
        return Hash(state, data)[..(bits / 8)];
    }

    private static ulong[] Start() => [.. Primes.First(8).Select(prime => Primes.RootFraction(prime, 2))];

    private static byte[] Hash(ulong[] start, byte[] data)
    {
        ulong[] state = [.. start];
        foreach (var block in Padding.Blocks(data, 128, 16, bigEndian: true))
            Compress(state, block);
        var hash = new byte[64];
        for (var i = 0; i < 8; i++)
            BinaryPrimitives.WriteUInt64BigEndian(hash.AsSpan(8 * i), state[i]);
        return hash;
    }

    private static void Compress(ulong[] state, byte[] block)
    {
        Span<ulong> w = stackalloc ulong[80];
        for (var i = 0; i < 16; i++)
            w[i] = BinaryPrimitives.ReadUInt64BigEndian(block.AsSpan(8 * i));
        for (var i = 16; i < 80; i++)
        {
            var low = BitOperations.RotateRight(w[i - 15], 1) ^ BitOperations.RotateRight(w[i - 15], 8) ^ (w[i - 15] >> 7);
            var high = BitOperations.RotateRight(w[i - 2], 19) ^ BitOperations.RotateRight(w[i - 2], 61) ^ (w[i - 2] >> 6);
            w[i] = w[i - 16] + low + w[i - 7] + high;
        }

        var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);
        for (var i = 0; i < 80; i++)
        {
            var first = h + (BitOperations.RotateRight(e, 14) ^ BitOperations.RotateRight(e, 18) ^ BitOperations.RotateRight(e, 41))
                + ((e & f) ^ (~e & g)) + s_constants[i] + w[i];
            var second = (BitOperations.RotateRight(a, 28) ^ BitOperations.RotateRight(a, 34) ^ BitOperations.RotateRight(a, 39))
                + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        ulong[] sums = [a, b, c, d, e, f, g, h];
        for (var i = 0; i < 8; i++)
            state[i] += sums[i];
    }
}
