using System.Security.Cryptography;
using Undercloud.Config;

namespace Undercloud.Host.Gathering;

/// <summary>Randomness fit for passwords.</summary>
public sealed class CryptographicRandom : IRandomSource
{
    public void Fill(Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);
}
