using Undercloud.Config;

namespace Undercloud.Tests.Config;

/// <summary>Random bytes that are the same in every run: a fixed seed, advanced from call to call.</summary>
internal sealed class FixedRandom(int seed) : IRandomSource
{
    private readonly Random _random = new(seed);

    public void Fill(Span<byte> bytes) => _random.NextBytes(bytes);
}
