namespace Undercloud.Config;

/// <summary>The environment files of stable/train that undercloud.conf selects.</summary>
internal static class TrainEnvironments
{
    /// <summary>The files in their order; the operator's own have absolute paths.</summary>
    public static IEnumerable<string> Of(UndercloudConfig config) =>
    [
        "environments/undercloud.yaml",
        "environments/use-dns-for-vips.yaml",
        .. If(config.TextOrNull(ImageOptions.ContainerCli) == "podman", "environments/podman.yaml"),
        .. If(config.ContainerImagesFile is not null, config.ContainerImagesFile!),
        .. If(config.Subnets.Any(subnet => subnet.Masquerade), SubnetOptions.Masquerade),
        .. config.EnvironmentsOf(ServiceOptions.EnableIronic),
        .. If(config.IsOn(ServiceOptions.EnableIronic) && config.IsOn(ServiceOptions.EnableIronicInspector), ServiceOptions.EnableIronicInspector),
        .. config.EnvironmentsOf(ServiceOptions.EnableNova),
        .. config.EnvironmentsOf(ServiceOptions.EnableMistral),
        .. Ipa(config),
        .. config.EnvironmentsOf(ServiceOptions.EnableZaqar),
        .. config.EnvironmentsOf(ServiceOptions.EnableTelemetry),
        .. config.EnvironmentsOf(ServiceOptions.EnableCinder),
        .. config.EnvironmentsOf(ServiceOptions.EnableTempest),
        .. config.EnvironmentsOf(ServiceOptions.EnableSwiftEncryption),
        .. Tls(config),
        .. config.EnvironmentsOf(ServiceOptions.EnableValidations),
        .. config.CustomEnvironmentFiles,
        "undercloud-stack-vstate-dropin.yaml",
    ];

    private static IEnumerable<string> Ipa(UndercloudConfig config) =>
        config.IsOn(ServiceOptions.EnableNovajoin) ? ["environments/services/novajoin.yaml"]
        : config.TextOrNull(TlsOptions.IpaOtp) is not null ? ["environments/services/undercloud-tls.yaml"]
        : [];

    // The operator's certificate overrides a generated one.
    private static IEnumerable<string> Tls(UndercloudConfig config)
    {
        if (config.TextOrNull(TlsOptions.ServiceCertificate) is null)
        {
            yield return config.IsOn(TlsOptions.GenerateServiceCertificate)
                ? "environments/public-tls-undercloud.yaml"
                : "environments/ssl/no-tls-endpoints-public-ip.yaml";
        }

        if (!config.HasTls)
            yield break;
        var kind = AddressWithPrefix.TryParseAddress(config.PublicHost, out _) ? "ip" : "dns";
        yield return $"environments/ssl/tls-endpoints-public-{kind}.yaml";
        yield return "environments/services/undercloud-haproxy.yaml";
        yield return "environments/services/undercloud-keepalived.yaml";
    }

    private static IEnumerable<string> If(bool condition, ConfigOption option) => condition ? option.Environments : [];

    private static IEnumerable<string> If(bool condition, string file) => condition ? [file] : [];
}
