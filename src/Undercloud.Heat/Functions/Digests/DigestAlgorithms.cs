using System.Security.Cryptography;

namespace Undercloud.Heat.Functions.Digests;

/// <summary>The algorithms Python's hashlib has on Debian 12, by the names it takes; source: hashlib and OpenSSL 3.0.</summary>
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
        // Python asks OpenSSL for these, which minds no case, and has the others itself.
        "sha3_224" => Sha3.Hash(data, 224),
        "sha3_256" => Sha3.Hash(data, 256),
        "sha3_384" => Sha3.Hash(data, 384),
        "sha3_512" => Sha3.Hash(data, 512),
        "blake2b" => Blake2.Hash512(data),
        "blake2s" => Blake2.Hash256(data),
        "sha512_224" or "SHA512_224" => Sha512Truncated.Hash(data, 224),
        "sha512_256" or "SHA512_256" => Sha512Truncated.Hash(data, 256),
        _ => algorithm.ToLowerInvariant() switch
        {
            "md5" => MD5.HashData(data),
            "sha1" => SHA1.HashData(data),
            "sha224" => Sha224.Hash(data),
            "sha256" => SHA256.HashData(data),
            "sha384" => SHA384.HashData(data),
            "sha512" => SHA512.HashData(data),
            "md5-sha1" => [.. MD5.HashData(data), .. SHA1.HashData(data)],
            "ripemd160" => RipeMd160.Hash(data),
            "sm3" => Sm3.Hash(data),
            _ => null,
        },
    };
#pragma warning restore CA5350, CA5351
}
