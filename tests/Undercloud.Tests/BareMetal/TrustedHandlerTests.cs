using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Undercloud.Host.BareMetal;

namespace Undercloud.Tests.BareMetal;

public sealed class TrustedHandlerTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("trusted-handler").FullName;
    private readonly X509Certificate2 _ours = Authority("ours");
    private readonly X509Certificate2 _others = Authority("others");

    public void Dispose()
    {
        _ours.Dispose();
        _others.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_server_with_a_certificate_of_the_named_authority_is_talked_to() => Assert.Equal(HttpStatusCode.OK, await AskAsync(_ours));

    [Fact]
    public async Task A_server_with_any_other_certificate_is_not() =>
        Assert.Equal(HttpRequestError.SecureConnectionError, (await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(_others))).HttpRequestError);

    private async Task<HttpStatusCode> AskAsync(X509Certificate2 issuer)
    {
        var file = Path.Combine(_directory, "ca.pem");
        await File.WriteAllTextAsync(file, _ours.ExportCertificatePem(), TestContext.Current.CancellationToken);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var served = ServeAsync(listener, issuer);
        using var client = new HttpClient(TrustedHandler.Create(file)) { Timeout = TimeSpan.FromSeconds(60) };
        using var answer = await client.GetAsync(new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"), TestContext.Current.CancellationToken);
        await served;
        return answer.StatusCode;
    }

    private static async Task ServeAsync(TcpListener listener, X509Certificate2 issuer)
    {
        using var certificate = Server(issuer);
        using var connection = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = new SslStream(connection.GetStream());
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, TestContext.Current.CancellationToken);
        _ = await stream.ReadAsync(new byte[4096], TestContext.Current.CancellationToken);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static X509Certificate2 Server(X509Certificate2 issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.Create(issuer, issuer.NotBefore, issuer.NotAfter, [1, 2, 3]);
        return made.CopyWithPrivateKey(key);
    }
}
