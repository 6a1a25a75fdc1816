using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Undercloud.Config;

/// <summary>The certificate of the public endpoints, with its intermediate certificates, and its key; both in PEM.</summary>
public sealed record ServiceCertificate(string Certificate, Secret Key)
{
    private const string KeyLabel = "PRIVATE KEY";

    /// <summary>Reads the file of undercloud_service_certificate; null when it has no certificate with its key.</summary>
    public static ServiceCertificate? TryRead(string pem) => Read(pem).Certificate;

    /// <summary>
    /// The certificate in a text, or the problem of the text. Certificates and key may be in any order. HAProxy treats the first
    /// certificate as the server's, so the certificate of the key comes first here, then its intermediate certificates.
    /// </summary>
    /// <returns>The problem continues the file's name: "has no key".</returns>
    internal static (ServiceCertificate? Certificate, string? Problem) Read(string pem)
    {
        var (certificates, keys) = Blocks(pem);
        var read = new List<X509Certificate2>();
        try
        {
            foreach (var block in certificates)
                read.Add(X509Certificate2.CreateFromPem(block));
            foreach (var (text, publicKey) in keys.Select(Traditional).OfType<(string, byte[])>())
            {
                if (read.FirstOrDefault(one => one.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(publicKey)) is { } own)
                    return (new(string.Concat(InOrder(read, own).Select(one => one.ExportCertificatePem() + "\n")), new Secret(text)), null);
            }
        }
        catch (CryptographicException)
        {
            return (null, "has a certificate that cannot be read");
        }
        finally
        {
            read.ForEach(one => one.Dispose());
        }

        return (null, ProblemOf(pem, certificates, keys));
    }

    private static string ProblemOf(string pem, ImmutableArray<string> certificates, ImmutableArray<string> keys)
    {
        if (string.IsNullOrWhiteSpace(pem))
            return "is empty";
        if (!pem.Contains("-----BEGIN ", StringComparison.Ordinal))
            return "is not in PEM";
        if (certificates.IsEmpty)
            return pem.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal) ? "has a certificate that cannot be read" : "has no certificate";
        if (pem.Contains($"-----BEGIN ENCRYPTED {KeyLabel}-----", StringComparison.Ordinal) || pem.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal))
            return "has an encrypted key, and nobody is there to type its passphrase when HAProxy starts";
        if (keys.IsEmpty)
            return pem.Contains($"{KeyLabel}-----", StringComparison.Ordinal) ? "has a key that cannot be read" : "has no key";
        return keys.All(key => Traditional(key) is null) ? "has a key that is neither RSA nor elliptic, or cannot be read" : "has a key that belongs to another certificate";
    }

    private static (ImmutableArray<string> Certificates, ImmutableArray<string> Keys) Blocks(string pem)
    {
        var (certificates, keys) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            var label = rest[found.Label];
            var block = rest[found.Location].ToString();
            if (label is "CERTIFICATE")
                certificates.Add(block);
            else if (label.EndsWith(KeyLabel) && label is not $"ENCRYPTED {KeyLabel}")
                keys.Add(block);
            rest = rest[found.Location.End..];
        }

        return (certificates.ToImmutable(), keys.ToImmutable());
    }

    // Each issuer follows its certificate, as in TLS; certificates that are in no chain are kept at the end.
    private static List<X509Certificate2> InOrder(List<X509Certificate2> all, X509Certificate2 own)
    {
        var ordered = new List<X509Certificate2> { own };
        while (all.Except(ordered).FirstOrDefault(one => one.SubjectName.RawData.AsSpan().SequenceEqual(ordered[^1].IssuerName.RawData)) is { } issuer)
            ordered.Add(issuer);
        return [.. ordered, .. all.Except(ordered)];
    }

    // HAProxy accepts either form; tripleo-heat-templates get the traditional one.
    private static (string Text, byte[] PublicKey)? Traditional(string block)
    {
        try
        {
            return Rsa(block);
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
        }

        try
        {
            return Elliptic(block);
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static (string Text, byte[] PublicKey) Rsa(string block)
    {
        using var key = RSA.Create();
        key.ImportFromPem(block);
        return (key.ExportRSAPrivateKeyPem() + "\n", key.ExportSubjectPublicKeyInfo());
    }

    private static (string Text, byte[] PublicKey) Elliptic(string block)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(block);
        return (key.ExportECPrivateKeyPem() + "\n", key.ExportSubjectPublicKeyInfo());
    }
}
