using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace Undercloud.Heat.Functions;

/// <summary>The algorithms of Python's hashlib on Debian 12, by its names; source: hashlib and OpenSSL 3.0.</summary>
internal static class DigestAlgorithms
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512", "blake2b", "blake2s",
        "md5-sha1", "ripemd160", "sha512_224", "sha512_256", "sm3",
    ];

#pragma warning disable CA5350, CA5351 // The template asks for the algorithm; nothing here relies on its strength.
    /// <summary>The digest, or null when there is no algorithm of that name.</summary>
    public static byte[]? Hash(string algorithm, byte[] data) => algorithm switch
    {
        // Python asks OpenSSL for the algorithms below, with case-insensitive names, and has the others itself.
        "sha3_224" => Hash(new Sha3Digest(224), data),
        "sha3_256" => Hash(new Sha3Digest(256), data),
        "sha3_384" => Hash(new Sha3Digest(384), data),
        "sha3_512" => Hash(new Sha3Digest(512), data),
        "blake2b" => Hash(new Blake2bDigest(512), data),
        "blake2s" => Hash(new Blake2sDigest(256), data),
        "sha512_224" or "SHA512_224" => Hash(new Sha512tDigest(224), data),
        "sha512_256" or "SHA512_256" => Hash(new Sha512tDigest(256), data),
        _ => algorithm.ToLowerInvariant() switch
        {
            "md5" => MD5.HashData(data),
            "sha1" => SHA1.HashData(data),
            "sha224" => Hash(new Sha224Digest(), data),
            "sha256" => SHA256.HashData(data),
            "sha384" => SHA384.HashData(data),
            "sha512" => SHA512.HashData(data),
            "md5-sha1" => [.. MD5.HashData(data), .. SHA1.HashData(data)],
            "ripemd160" => Hash(new RipeMD160Digest(), data),
            "sm3" => Hash(new SM3Digest(), data),
            _ => null,
        },
    };
#pragma warning restore CA5350, CA5351

    // .NET has these algorithms only where the system's OpenSSL has them, or not at all.
    private static byte[] Hash(IDigest digest, byte[] data)
    {
        digest.BlockUpdate(data, 0, data.Length);
        var hash = new byte[digest.GetDigestSize()];
        digest.DoFinal(hash, 0);
        return hash;
    }
}
