using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Undercloud.Host.Agent.Certificates;

/// <summary>The node's own certificate authority, which signs the certificates of its public endpoints.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    /// <summary>A certificate is replaced this long before it expires.</summary>
    public static readonly TimeSpan RenewalTime = TimeSpan.FromDays(30);

    // Clients reject a server certificate with a lifetime of more than 398 days.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(365);
    private static readonly TimeSpan s_ownLifetime = TimeSpan.FromDays(3650);

    // Allows for a client's clock that is slow.
    private static readonly TimeSpan s_before = TimeSpan.FromHours(1);

    private readonly X509Certificate2 _certificate;

    private CertificateAuthority(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>The authority's certificate in PEM, with a final line feed.</summary>
    public string Certificate => _certificate.ExportCertificatePem() + "\n";

    /// <summary>A new authority with a new key. The number in its name distinguishes it from other authorities that a client trusts.</summary>
    public static CertificateAuthority Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new(SelfSigned(new($"CN=Undercloud CA {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}"), key, now));
    }

    /// <summary>Reads a certificate and its key from PEM; null when one of them is missing or they do not match.</summary>
    public static CertificateAuthority? TryRead(string pem) => CertificateText.TryRead(pem) is { } certificate ? new(certificate) : null;

    /// <summary>Certificate and key in PEM.</summary>
    public string ToPem()
    {
        using var key = _certificate.GetECDsaPrivateKey()!;
        return Certificate + key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <summary>Whether the authority would expire before a certificate that it signs now.</summary>
    public bool IsAging(DateTimeOffset now) => _certificate.NotAfter.ToUniversalTime() - now.UtcDateTime < s_lifetime + RenewalTime;

    /// <summary>The same authority, with the same key and name, for longer: clients that trust the old one accept what the new one signs.</summary>
    public CertificateAuthority Renewed(DateTimeOffset now)
    {
        using var key = _certificate.GetECDsaPrivateKey()!;
        return new(SelfSigned(_certificate.SubjectName, key, now));
    }

    /// <summary>A new certificate for the names and addresses, with its key, in PEM.</summary>
    public string Issue(IReadOnlyList<string> hosts, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        // RFC 5280: a common name has at most 64 characters; clients use the alternative names.
        subject.AddCommonName(hosts[0].Length <= 64 ? hosts[0] : "undercloud");
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth")], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, includeIssuerAndSerial: false));
        using var issued = request.Create(_certificate, now - s_before, now + s_lifetime, RandomNumberGenerator.GetBytes(16));
        return issued.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <summary>Whether this authority signed a certificate, and the certificate is valid now.</summary>
    public bool Vouches(X509Certificate2 certificate, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        return chain.Build(certificate);
    }

    public void Dispose() => _certificate.Dispose();

    private static X509Certificate2 SelfSigned(X500DistinguishedName name, ECDsa key, DateTimeOffset now)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(now - s_before, now + s_ownLifetime);
    }
}
