using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Undercloud.Host.Failures;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.BareMetal;

/// <summary>Connections to servers with certificates that the tool trusts.</summary>
public static class TrustedHandler
{
    private static readonly TimeSpan s_connecting = TimeSpan.FromSeconds(15);

    /// <param name="certificates">A file with the certificate authorities to trust; null for the host's.</param>
    /// <exception cref="CloudException">The file cannot be read.</exception>
    public static SocketsHttpHandler Create(string? certificates) => new()
    {
        UseProxy = false,
        ConnectTimeout = s_connecting,
        SslOptions = certificates is null ? new() : new SslClientAuthenticationOptions { CertificateChainPolicy = Policy(certificates) },
    };

    private static X509ChainPolicy Policy(string path)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(path);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new CloudException($"The certificates to trust cannot be read: {(exception is CryptographicException ? $"{path} holds no certificate." : FailureWords.Of(exception))}");
        }

        return policy;
    }
}
