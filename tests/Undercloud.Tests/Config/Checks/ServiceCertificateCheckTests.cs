using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Undercloud.Config;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Tests.Config.Checks;

public sealed class ServiceCertificateCheckTests
{
    private const string Path = "/etc/pki/undercloud.pem";
    private static readonly DateTimeOffset s_now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_certificate_for_the_public_host_with_its_key_has_no_finding()
    {
        using var made = new Made();
        Assert.Equal("", Findings($"{made.Certificate}\n{made.Key}"));
        Assert.Equal("", Findings($"{made.Key}\n{made.Certificate}"));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n \n", "is empty")]
    [InlineData("0\u0082\u0004\u00a30", "is not in PEM")]
    [InlineData("KEY", "has no certificate")]
    [InlineData("CERTIFICATE", "has no key")]
    [InlineData("CERTIFICATE OTHER", "has a key that belongs to another certificate")]
    [InlineData("CERTIFICATE ENCRYPTED", "has an encrypted key, and nobody is there to type its passphrase when HAProxy starts")]
    [InlineData("CERTIFICATE TRADITIONAL", "has an encrypted key, and nobody is there to type its passphrase when HAProxy starts")]
    [InlineData("CERTIFICATE CUTKEY", "has a key that cannot be read")]
    [InlineData("CERTIFICATE NOKEY", "has a key that is neither RSA nor elliptic, or cannot be read")]
    [InlineData("DAMAGED KEY", "has a certificate that cannot be read")]
    [InlineData("CUT KEY", "has a certificate that cannot be read")]
    public void A_file_that_is_no_certificate_with_its_key_is_an_error(string parts, string problem)
    {
        using Made made = new(), other = new();
        var text = parts.Length > 0 && char.IsAsciiLetterUpper(parts[0]) ? string.Join('\n', parts.Split(' ').Select(part => part switch
        {
            "KEY" => made.Key,
            "CERTIFICATE" => made.Certificate,
            "OTHER" => other.Key,
            "ENCRYPTED" => made.Encrypted,
            "TRADITIONAL" => "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----",
            "CUTKEY" => made.Key[..^40],
            "NOKEY" => "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
            "DAMAGED" => "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            _ => made.Certificate[..^60],
        })) : parts;
        Assert.StartsWith($"f:2:33: error CFG052: {Path} {problem}.\n", Findings(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-20, -1, "error CFG056: The certificate in /etc/pki/undercloud.pem has expired on 2026-05-31 12:00 UTC.")]
    [InlineData(1, 400, "error CFG056: The certificate in /etc/pki/undercloud.pem is not valid before 2026-06-02 12:00 UTC.")]
    [InlineData(-20, 29, "warning CFG056: The certificate in /etc/pki/undercloud.pem expires on 2026-06-30 12:00 UTC.")]
    public void A_certificate_has_to_be_in_force_and_to_stay_so(int from, int until, string finding)
    {
        using var made = new Made(from: from, until: until);
        Assert.StartsWith($"f:2:33: {finding}", Findings($"{made.Certificate}\n{made.Key}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.168.24.2", "192.168.24.2", "")]
    [InlineData("192.168.24.9", "192.168.24.2", "error CFG057: The certificate in /etc/pki/undercloud.pem is for '192.168.24.9', not for undercloud_public_host, which is 192.168.24.2: clients would refuse it.")]
    [InlineData("cloud.example.org", "cloud.example.org", "")]
    [InlineData("*.example.org", "cloud.example.org", "")]
    [InlineData("*.example.org", "a.cloud.example.org", "error CFG057")]
    [InlineData("", "cloud.example.org", "warning CFG057: The certificate in /etc/pki/undercloud.pem has cloud.example.org in its subject alone: clients look at subject alternative names alone, all but the oldest.\n  Get one with cloud.example.org among its subject alternative names.")]
    [InlineData("", "192.168.24.2", "error CFG057: The certificate in /etc/pki/undercloud.pem has 192.168.24.2 in its subject alone: clients look at subject alternative names alone.\n  Get one with 192.168.24.2 among")]
    public void It_names_undercloud_public_host(string name, string host, string finding)
    {
        using var made = new Made(host, name);
        var found = Findings($"{made.Certificate}\n{made.Key}", host);
        if (finding.Length == 0)
            Assert.Equal("", found);
        else
            Assert.StartsWith($"f:2:33: {finding}", found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1024, "f:2:33: error CFG052: /etc/pki/undercloud.pem has an RSA key of 1024 bits: the images' OpenSSL refuses it (EE_KEY_TOO_SMALL), and HAProxy would not start.")]
    [InlineData(2048, "")]
    public void An_RSA_key_has_2048_bits_at_least(int bits, string finding)
    {
        using var key = RSA.Create(bits);
        var request = new CertificateRequest("CN=undercloud", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse("192.168.24.2"));
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(s_now.AddDays(-1), s_now.AddDays(365));
        Assert.StartsWith(finding, Findings($"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("own between root key")]
    [InlineData("own root between key")]
    [InlineData("key root between own")]
    [InlineData("root own key between")]
    public void The_chain_may_stand_in_any_order_and_is_sorted(string order)
    {
        using Made root = new("root", authority: true), between = new("between", authority: true, issuer: root), own = new(issuer: between);
        var file = string.Join('\n', order.Split(' ').Select(part => part switch { "own" => own.Certificate, "between" => between.Certificate, "root" => root.Certificate, _ => own.Key }));
        var diagnostics = new DiagnosticBag();
        var read = ServiceCertificateCheck.Read(file, Config(), s_now, diagnostics);
        Assert.Empty(diagnostics.All);
        Assert.Equal($"{own.Certificate}\n{between.Certificate}\n{root.Certificate}\n", read!.Certificate);
    }

    [Fact]
    public void An_expired_certificate_of_an_authority_is_a_warning()
    {
        using Made root = new("root", authority: true), old = new("old", authority: true, issuer: root, from: -30, until: -2), own = new();
        Assert.StartsWith(
            $"f:2:33: warning CFG056: A certificate beside the undercloud's in {Path} ('CN=old') has expired on 2026-05-30 12:00 UTC.",
            Findings($"{own.Certificate}\n{old.Certificate}\n{own.Key}"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_findings_about_dates_and_host_can_be_passed_over() =>
        Assert.Equal([ConfigCodes.CertificateDates, ConfigCodes.CertificateHost], ConfigCodes.OfValidations.Where(code => code is "CFG052" or "CFG056" or "CFG057").Order());

    private static string Findings(string file, string host = "192.168.24.2")
    {
        var diagnostics = new DiagnosticBag();
        var read = ServiceCertificateCheck.Read(file, Config(host), s_now, diagnostics);
        Assert.Equal(read is null, diagnostics.All.Any(finding => finding.Code == ConfigCodes.NoCertificate));
        return string.Join('\n', diagnostics.All);
    }

    private static UndercloudConfig Config(string host = "192.168.24.2") =>
        UndercloudConfig.Read($"[DEFAULT]\nundercloud_service_certificate= {Path}\nundercloud_public_host = {host}\n", "f", "/home/stack", new DiagnosticBag());

    private sealed class Made : IDisposable
    {
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly X509Certificate2 _certificate;

        public Made(string subject = "192.168.24.2", string? name = null, bool authority = false, Made? issuer = null, int from = -1, int until = 365)
        {
            var request = new CertificateRequest($"CN={subject}", _key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            if (IPAddress.TryParse(name ?? subject, out var address))
                names.AddIpAddress(address);
            else if (name != "")
                names.AddDnsName(name ?? subject);
            if (authority)
                request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            else if (name != "")
                request.CertificateExtensions.Add(names.Build());
            _certificate = issuer is null
                ? request.CreateSelfSigned(s_now.AddDays(from), s_now.AddDays(until))
                : request.Create(issuer._certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(issuer._key), s_now.AddDays(from), s_now.AddDays(until), RandomNumberGenerator.GetBytes(8));
        }

        public string Certificate => _certificate.ExportCertificatePem();

        public string Key => _key.ExportPkcs8PrivateKeyPem();

        public string Encrypted => _key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10));

        public void Dispose()
        {
            _certificate.Dispose();
            _key.Dispose();
        }
    }
}
