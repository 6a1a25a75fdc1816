using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Options of TLS at the public endpoints.</summary>
public static class TlsOptions
{
    public static ConfigOption GenerateServiceCertificate { get; } = new("generate_service_certificate", OptionTypes.Boolean, true,
        "Whether the installation makes a certificate for the public endpoints. undercloud_service_certificate wins over it.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        FormerDefaults = [new(ConfigRelease.Instack | ConfigRelease.Queens, false)],
        Computed = ["ControlVirtualInterface", "PublicVirtualInterface", "ExtraHostFileEntries"],
        Environments =
        [
            "environments/public-tls-undercloud.yaml",
            "environments/ssl/tls-endpoints-public-ip.yaml",
            "environments/ssl/tls-endpoints-public-dns.yaml",
            "environments/services/undercloud-haproxy.yaml",
            "environments/services/undercloud-keepalived.yaml",
        ],
        EnvironmentsWhenOff = ["environments/ssl/no-tls-endpoints-public-ip.yaml"],
    };

    public static ConfigOption ServiceCertificate { get; } = new("undercloud_service_certificate", OptionTypes.Path, Value.Null,
        "A file with the certificate and the key of the public endpoints in PEM. Whoever uses them has to trust who signed it.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        Computed =
        [
            "SSLCertificate", "SSLKey", "InternalTLSCAFile", "ControlVirtualInterface", "PublicVirtualInterface", "ExtraHostFileEntries",
        ],
        EmptyIsUnset = true,
        RelativeToHome = true,
    };

    public static ConfigOption CertificateGenerationCa { get; } = new("certificate_generation_ca", OptionTypes.Text, "local",
        "Which of certmonger's certificate authorities signs the generated certificate. The host is made to trust the one called local.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.None,
        SoAnyway = "local",
        Reason =
            "certmonger is not used: the host has a certificate authority of its own, which it trusts.",
        Instead =
            "For a certificate of another authority, name its file in undercloud_service_certificate.",
        Parameters = [new("CertmongerCA")],
    };

    public static ConfigOption ServicePrincipal { get; } = new("service_principal", OptionTypes.Text, Value.Null,
        "The Kerberos principal in the request for a certificate.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.None,
        Reason =
            "Certificates are not asked of FreeIPA, which alone needs a principal.",
        Instead =
            "Ask FreeIPA for the certificate (`ipa-getcert request -K PRINCIPAL`) and name its file in undercloud_service_certificate.",
        EmptyIsUnset = true,
    };

    public static ConfigOption IpaOtp { get; } = new("ipa_otp", OptionTypes.Text, Value.Null,
        "The one-time password to enrol the undercloud with FreeIPA.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.None,
        Reason =
            "The installation does not enrol the host with FreeIPA.",
        Instead =
            "Run `ipa-client-install` before it, and name the certificate's file in undercloud_service_certificate.",
        Computed = ["NovajoinIpaOtp", "UndercloudIpaOtp"],
        EmptyIsUnset = true,
        IsSecret = true,
    };

    /// <summary>All of them, in the order of the sample file.</summary>
    public static ImmutableArray<ConfigOption> All { get; } =
    [
        GenerateServiceCertificate, ServiceCertificate, CertificateGenerationCa, ServicePrincipal, IpaOtp,
    ];
}
