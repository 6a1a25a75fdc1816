using System.Numerics;

namespace Undercloud.Heat.Functions.Digests;

/// <summary>Where the constants of the SHA-2 family come from.</summary>
internal static class Primes
{
    /// <summary>The first prime numbers.</summary>
    public static IEnumerable<int> First(int count) =>
        Enumerable.Range(2, 1000).Where(number => Enumerable.Range(2, number - 2).All(divisor => number % divisor != 0)).Take(count);

    /// <summary>The first 64 bits behind the point of a number's square (2) or cube (3) root.</summary>
    public static ulong RootFraction(int number, int degree)
    {
        // The root of number * 2^(64 * degree) is the number's own root with 64 bits behind its point.
        var scaled = new BigInteger(number) << (64 * degree);
        var (low, high) = (BigInteger.Zero, BigInteger.One << 72);
        while (high - low > 1)
        {
            var middle = (low + high) >> 1;
            if (BigInteger.Pow(middle, degree) <= scaled)
                low = middle;
            else
                high = middle;
        }

        return (ulong)(low & ulong.MaxValue);
    }
}
