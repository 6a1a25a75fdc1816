using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>Checks that clients of the public endpoints would accept the file of undercloud_service_certificate.</summary>
public static class ServiceCertificateCheck
{
    private const int ShortestRsaKey = 2048;
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(30);

    /// <summary>Reads the file's text and checks it: a certificate with its key, valid now, for undercloud_public_host.</summary>
    /// <param name="pem">The file's text.</param>
    /// <param name="config">Names the file.</param>
    /// <param name="now">The time at which it must be valid.</param>
    /// <param name="diagnostics">Takes the findings, at the option's place.</param>
    /// <returns>The file's content; null when it is no certificate with its key.</returns>
    public static ServiceCertificate? Read(string pem, UndercloudConfig config, DateTimeOffset now, DiagnosticBag diagnostics)
    {
        var setting = config[TlsOptions.ServiceCertificate];
        var path = config.TextOrNull(TlsOptions.ServiceCertificate)!;
        var (certificate, problem) = ServiceCertificate.Read(pem);
        if (certificate is null)
        {
            diagnostics.Error(
                setting.Location, ConfigCodes.NoCertificate, $"{path} {problem}.",
                "Put into one file, in PEM: the certificate, those between it and its authority, and its key without a passphrase (`openssl pkey` takes it off).");
            return null;
        }

        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate.Certificate);
        if (KeyTooShort(chain[0]) is { } bits)
        {
            diagnostics.Error(
                setting.Location, ConfigCodes.NoCertificate, $"{path} has an RSA key of {bits} bits: the images' OpenSSL refuses it (EE_KEY_TOO_SMALL), and HAProxy would not start.",
                $"Have a certificate made with a key of {ShortestRsaKey} bits or more.");
            return null;
        }

        for (var at = 0; at < chain.Count; at++)
            CheckDates(chain[at], at == 0, path, setting, now, diagnostics);
        CheckHost(chain[0], path, setting, config.PublicHost, diagnostics);
        foreach (var one in chain)
            one.Dispose();
        return certificate;
    }

    // Debian 12 is at OpenSSL's security level 2 (SSL_CTX_set_security_level(3)).
    private static int? KeyTooShort(X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPublicKey();
        return key?.KeySize < ShortestRsaKey ? key.KeySize : null;
    }

    // An intermediate certificate may be superfluous: clients need not use it.
    private static void CheckDates(X509Certificate2 certificate, bool isOwn, string path, Setting setting, DateTimeOffset now, DiagnosticBag diagnostics)
    {
        var (from, until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        var what = isOwn ? $"The certificate in {path}" : $"A certificate beside the undercloud's in {path} ({OneLine.Quote(certificate.Subject)})";
        if (now.UtcDateTime < from)
            Add(isOwn, $"{what} is not valid before {Shown(from)}.", "Look at the host's clock (`timedatectl`), or take another certificate.");
        else if (now.UtcDateTime > until)
            Add(isOwn, $"{what} has expired on {Shown(until)}.", "Have it renewed.");
        else if (until - now.UtcDateTime < s_soon)
            Add(false, $"{what} expires on {Shown(until)}.", "Have it renewed, and run the installation again with the new one.");

        void Add(bool isError, string message, string remedy) =>
            diagnostics.Add(new(isError ? Severity.Error : Severity.Warning, ConfigCodes.CertificateDates, message, setting.Location, remedy));
    }

    private static void CheckHost(X509Certificate2 certificate, string path, Setting setting, string host, DiagnosticBag diagnostics)
    {
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown || certificate.MatchesHostname(host, allowWildcards: true, allowCommonName: false))
            return;

        // OpenSSL compares an address only with the alternative names, and a name with the subject too.
        var isName = Uri.CheckHostName(host) == UriHostNameType.Dns;
        var isByCommonName = isName
            ? certificate.MatchesHostname(host, allowWildcards: true, allowCommonName: true)
            : certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is null && certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) == host;
        diagnostics.Add(new(
            isByCommonName && isName ? Severity.Warning : Severity.Error, ConfigCodes.CertificateHost,
            isByCommonName
                ? $"The certificate in {path} has {host} in its subject alone: clients look at subject alternative names alone{(isName ? ", all but the oldest" : "")}."
                : $"The certificate in {path} is for {NamesIn(certificate)}, not for undercloud_public_host, which is {host}: clients would refuse it.",
            setting.Location, $"Get one with {host} among its subject alternative names{(isByCommonName ? "" : ", or set undercloud_public_host to a host that it is for")}."));
    }

    private static string NamesIn(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => $"{address}"))).ToList();
        return OneLine.Quote(names.Count > 0 ? string.Join(", ", names) : certificate.Subject);
    }

    private static string Shown(DateTime time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
