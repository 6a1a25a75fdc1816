using System.Buffers.Binary;
using System.Security.Cryptography;
using Undercloud.Config;

namespace Undercloud.Host.Gathering;

/// <summary>
/// The same bytes every time, for those who only look at templates: what two looks have in common is then the same. Never for a password that
/// is used.
/// </summary>
public sealed class StableRandom : IRandomSource
{
    private readonly byte[] _block = new byte[SHA256.HashSizeInBytes];
    private int _left;
    private long _count;

    public void Fill(Span<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            if (_left == 0)
                Next();
            bytes[at] = _block[^_left--];
        }
    }

    private void Next()
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, _count++);
        SHA256.HashData(counter, _block);
        _left = _block.Length;
    }
}
