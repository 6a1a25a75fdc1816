using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Undercloud.Config;

namespace Undercloud.Tests.Config.Parameters;

/// <summary>Certificates are made for each run: none is kept.</summary>
public sealed class ServiceCertificateTests
{
    [Fact]
    public void The_key_comes_first_or_last_and_text_around_does_not_matter()
    {
        var (certificate, key) = Rsa();
        var expected = ServiceCertificate.TryRead(certificate + "\n" + key);
        Assert.Equal(expected, ServiceCertificate.TryRead($"Bag attributes\n{key}\nsubject=x\n{certificate}\n"));
        Assert.Equal(certificate + "\n", expected!.Certificate);
        Assert.StartsWith("-----BEGIN RSA PRIVATE KEY-----\n", expected.Key.Reveal());
    }

    [Fact]
    public void Those_that_vouch_for_it_are_kept_in_order()
    {
        var ((first, key), (second, _)) = (Rsa(), Rsa());
        Assert.Equal($"{first}\n{second}\n", ServiceCertificate.TryRead($"{first}\n{second}\n{key}")!.Certificate);
    }

    [Fact]
    public void Without_a_certificate_or_a_key_there_is_none()
    {
        var (certificate, key) = Rsa();
        Assert.Null(ServiceCertificate.TryRead(certificate));
        Assert.Null(ServiceCertificate.TryRead(key));
        Assert.Null(ServiceCertificate.TryRead(""));
        Assert.Null(ServiceCertificate.TryRead($"{certificate}\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"));
    }

    [Fact]
    public void An_encrypted_key_is_none()
    {
        using var key = RSA.Create(2048);
        var encrypted = key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10));
        Assert.Null(ServiceCertificate.TryRead($"{Rsa().Certificate}\n{encrypted}"));
    }

    [Fact]
    public async Task A_certificate_of_the_operators_leads_to_what_the_client_hands_on()
    {
        const string Path = "/etc/pki/undercloud.pem";
        ClientRequest Request(string certificate, string key) =>
            new($"[DEFAULT]\nundercloud_service_certificate = {Path}\n") { Certificate = (Path, $"{certificate}\n{key}\n") };
        var (rsa, elliptic) = (Rsa(), Elliptic());
        ClientRequest[] requests = [Request(rsa.Certificate, rsa.Key), Request(elliptic.Certificate, elliptic.Key)];
        var theirs = await Client.Answers("train", requests);
        var known = KnownDifferences.Of("train");
        Assert.All(requests.Zip(theirs), pair => Assert.Equal([], Client.Differences(
            pair.First.Answer(ConfigReleases.Named("train"), out _)!, pair.Second).Where(difference => !known.Contains(difference.What))));
    }

    private static (string Certificate, string Key) Rsa()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=public.example.org", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return (Signed(request), key.ExportPkcs8PrivateKeyPem());
    }

    private static (string Certificate, string Key) Elliptic()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (Signed(new CertificateRequest("CN=public.example.org", key, HashAlgorithmName.SHA256)), key.ExportPkcs8PrivateKeyPem());
    }

    private static string Signed(CertificateRequest request)
    {
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return certificate.ExportCertificatePem();
    }
}
