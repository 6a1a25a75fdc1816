using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.Agent.Certificates;

/// <summary>Reads certificates with their keys and finds their faults.</summary>
internal static class CertificateText
{
    /// <summary>Reads a certificate and its key from PEM; null when one of them is missing or they do not match.</summary>
    public static X509Certificate2? TryRead(string pem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem, pem);
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Why a certificate has to be replaced; null when it is valid.</summary>
    public static string? Fault(string pem, CertificateEntry wanted, CertificateAuthority authority, DateTimeOffset now)
    {
        using var certificate = TryRead(pem);
        if (certificate is null)
            return "it holds no certificate with its key";
        var expires = new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);
        if (expires - now < CertificateAuthority.RenewalTime)
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"it expires on {expires:yyyy-MM-dd}");
        if (!Hosts(certificate).SetEquals(Hosts(wanted)))
            return $"it is for {string.Join(", ", Hosts(certificate).Order(StringComparer.Ordinal))}";
        return authority.Vouches(certificate, now) ? null : "another authority signed it";
    }

    /// <summary>The names and addresses that a certificate needs, in its own spelling: each once, addresses without brackets.</summary>
    public static ImmutableArray<string> Hosts(CertificateEntry wanted) =>
    [
        .. wanted.Hosts.Where(host => host.Length > 0).Select(host => IPAddress.TryParse(host, out var address) ? $"{address}" : host).Distinct(),
    ];

    private static HashSet<string> Hosts(X509Certificate2 certificate) =>
    [
        .. certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(names => names.EnumerateDnsNames().Concat(names.EnumerateIPAddresses().Select(address => address.ToString()))),
    ];
}
