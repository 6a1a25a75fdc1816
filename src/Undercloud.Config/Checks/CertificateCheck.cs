using Undercloud.Heat.Diagnostics;

namespace Undercloud.Config;

/// <summary>Checks that there is one certificate: the operator's own overrides a generated one.</summary>
internal static class CertificateCheck
{
    public static void Run(CheckedConfig config, DiagnosticBag diagnostics)
    {
        var hasOwn = config.IsSet(TlsOptions.ServiceCertificate);
        if (hasOwn && config.IsSet(TlsOptions.GenerateServiceCertificate) && config.IsTrue(TlsOptions.GenerateServiceCertificate))
            diagnostics.Warning(config[TlsOptions.GenerateServiceCertificate]!.Location, ConfigCodes.Overruled,
                "generate_service_certificate has no effect, as undercloud_service_certificate wins over it.", "Keep one of the two.");
        if (config.IsSet(TlsOptions.CertificateGenerationCa) && (hasOwn || config.IsFalse(TlsOptions.GenerateServiceCertificate)))
            diagnostics.Warning(config[TlsOptions.CertificateGenerationCa]!.Location, ConfigCodes.NeedsAnother,
                "certificate_generation_ca has no effect, as no certificate is generated.",
                hasOwn ? "Take it out, or take undercloud_service_certificate out." : "Set generate_service_certificate = true.");
    }
}
