using System.Security.Cryptography;
using System.Text;

namespace Undercloud.Config;

/// <summary>The certificate of the public endpoints, with those that vouch for it, and its key; both in PEM.</summary>
public sealed record ServiceCertificate(string Certificate, Secret Key)
{
    /// <summary>Reads what undercloud_service_certificate names; null when it has no certificate or no key that is not encrypted.</summary>
    public static ServiceCertificate? TryRead(string pem)
    {
        var certificates = new StringBuilder();
        string? key = null;
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            var label = rest[found.Label].ToString();
            var block = rest[found.Location].ToString();
            if (label == "CERTIFICATE")
                certificates.Append(PemEncoding.WriteString(label, Convert.FromBase64String(rest[found.Base64Data].ToString()))).Append('\n');
            else if (label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
                key ??= Traditional(label, block);
            rest = rest[found.Location.End..];
        }

        return certificates.Length == 0 || key is null ? null : new(certificates.ToString(), new Secret(key));
    }

    // HAProxy takes either form; the traditional one is what tripleo-heat-templates are given.
    private static string? Traditional(string label, string block)
    {
        try
        {
            return label == "EC PRIVATE KEY" ? Elliptic(block) : label == "RSA PRIVATE KEY" ? Rsa(block) : Either(block);
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static string Either(string block)
    {
        try
        {
            return Rsa(block);
        }
        catch (CryptographicException)
        {
            return Elliptic(block);
        }
    }

    private static string Rsa(string block)
    {
        using var key = RSA.Create();
        key.ImportFromPem(block);
        return key.ExportRSAPrivateKeyPem() + "\n";
    }

    private static string Elliptic(string block)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(block);
        return key.ExportECPrivateKeyPem() + "\n";
    }
}
