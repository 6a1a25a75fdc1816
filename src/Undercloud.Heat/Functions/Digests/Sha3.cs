using System.Buffers.Binary;
using System.Numerics;

namespace Undercloud.Heat.Functions.Digests;

/// <summary>SHA-3 of any OpenSSL's age; source: FIPS 202.</summary>
internal static class Sha3
{
    private const int Rounds = 24;
    private static readonly ulong[] s_constants = Constants();

    /// <summary>The digest of <paramref name="bits"/> bits.</summary>
    public static byte[] Hash(byte[] data, int bits)
    {
        var rate = 200 - (bits / 4);
        var padded = new byte[(data.Length / rate * rate) + rate];
        data.CopyTo(padded, 0);
        padded[data.Length] ^= 0x06;
        padded[^1] ^= 0x80;
        var state = new ulong[25];
        for (var at = 0; at < padded.Length; at += rate)
        {
            for (var i = 0; i < rate / 8; i++)
                state[i] ^= BinaryPrimitives.ReadUInt64LittleEndian(padded.AsSpan(at + (8 * i)));
            Permute(state);
        }

        var hash = new byte[200];
        for (var i = 0; i < 25; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(hash.AsSpan(8 * i), state[i]);
        return hash[..(bits / 8)];
    }

    private static void Permute(ulong[] state)
    {
        Span<ulong> column = stackalloc ulong[5];
        foreach (var constant in s_constants)
        {
            for (var x = 0; x < 5; x++)
                column[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
            for (var i = 0; i < 25; i++)
                state[i] ^= column[(i + 4) % 5] ^ BitOperations.RotateLeft(column[(i + 1) % 5], 1);
            Rotate(state);
            for (var y = 0; y < 25; y += 5)
            {
                state.AsSpan(y, 5).CopyTo(column);
                for (var x = 0; x < 5; x++)
                    state[y + x] = column[x] ^ (~column[(x + 1) % 5] & column[(x + 2) % 5]);
            }

            state[0] ^= constant;
        }
    }

    // rho and pi: lanes are rotated by triangular numbers along one path through the state.
    private static void Rotate(ulong[] state)
    {
        var (x, y) = (1, 0);
        var lane = state[1];
        for (var t = 0; t < Rounds; t++)
        {
            (x, y) = (y, ((2 * x) + (3 * y)) % 5);
            var place = x + (5 * y);
            (lane, state[place]) = (state[place], BitOperations.RotateLeft(lane, (t + 1) * (t + 2) / 2));
        }
    }

    private static ulong[] Constants()
    {
        var constants = new ulong[Rounds];
        var register = 1;
        for (var round = 0; round < Rounds; round++)
        {
            for (var j = 0; j <= 6; j++)
            {
                if ((register & 1) != 0)
                    constants[round] |= 1UL << ((1 << j) - 1);
                register = (register << 1) ^ ((register >> 7) * 0x171);
            }
        }

        return constants;
    }
}
