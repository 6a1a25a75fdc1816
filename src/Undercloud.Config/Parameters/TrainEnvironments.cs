namespace Undercloud.Config;

/// <summary>The environment files of stable/train that undercloud.conf asks for.</summary>
internal static class TrainEnvironments
{
    /// <summary>In their order; the operator's own are absolute.</summary>
    public static IEnumerable<string> Of(UndercloudConfig config) =>
    [
        "environments/undercloud.yaml",
        "environments/use-dns-for-vips.yaml",
        .. If(config.TextOrNull(ImageOptions.ContainerCli) == "podman", "environments/podman.yaml"),
        .. If(config.ContainerImagesFile is not null, config.ContainerImagesFile!),
        .. If(config.Subnets.Any(subnet => subnet.Masquerade), SubnetOptions.Masquerade),
        .. If(config.IsOn(ServiceOptions.EnableIronic), ServiceOptions.EnableIronic),
        .. If(config.IsOn(ServiceOptions.EnableIronic) && config.IsOn(ServiceOptions.EnableIronicInspector), ServiceOptions.EnableIronicInspector),
        .. If(!config.IsOn(ServiceOptions.EnableNova), "environments/undercloud-disable-nova.yaml"),
        .. If(config.IsOn(ServiceOptions.EnableMistral), ServiceOptions.EnableMistral),
        .. Ipa(config),
        .. If(config.IsOn(ServiceOptions.EnableZaqar), ServiceOptions.EnableZaqar),
        .. Telemetry(config),
        .. If(config.IsOn(ServiceOptions.EnableCinder), ServiceOptions.EnableCinder),
        .. If(config.IsOn(ServiceOptions.EnableTempest), ServiceOptions.EnableTempest),
        .. config.IsOn(ServiceOptions.EnableSwift) ? [] : ServiceOptions.EnableSwift.EnvironmentsWhenOff,
        .. If(config.IsOn(ServiceOptions.EnableSwiftEncryption), ServiceOptions.EnableSwiftEncryption),
        .. Tls(config),
        .. If(config.IsOn(ServiceOptions.EnableValidations), ServiceOptions.EnableValidations),
        .. config.CustomEnvironmentFiles,
        "undercloud-stack-vstate-dropin.yaml",
    ];

    private static IEnumerable<string> Ipa(UndercloudConfig config) =>
        config.IsOn(ServiceOptions.EnableNovajoin) ? ["environments/services/novajoin.yaml"]
        : config.TextOrNull(TlsOptions.IpaOtp) is not null ? ["environments/services/undercloud-tls.yaml"]
        : [];

    private static IEnumerable<string> Telemetry(UndercloudConfig config) => config.IsOn(ServiceOptions.EnableTelemetry)
        ?
        [
            "environments/services/undercloud-gnocchi.yaml",
            "environments/services/undercloud-aodh.yaml",
            "environments/services/undercloud-panko.yaml",
            "environments/services/undercloud-ceilometer.yaml",
        ]
        : ["environments/disable-telemetry.yaml"];

    // An own certificate wins over a generated one.
    private static IEnumerable<string> Tls(UndercloudConfig config)
    {
        if (config.TextOrNull(TlsOptions.ServiceCertificate) is null)
        {
            yield return config.IsOn(TlsOptions.GenerateServiceCertificate)
                ? "environments/public-tls-undercloud.yaml"
                : "environments/ssl/no-tls-endpoints-public-ip.yaml";
        }

        if (!TrainDeployment.HasTls(config))
            yield break;
        var kind = AddressWithPrefix.TryParseAddress(config.PublicHost, out _) ? "ip" : "dns";
        yield return $"environments/ssl/tls-endpoints-public-{kind}.yaml";
        yield return "environments/services/undercloud-haproxy.yaml";
        yield return "environments/services/undercloud-keepalived.yaml";
    }

    private static IEnumerable<string> If(bool condition, ConfigOption option) => condition ? option.Environments : [];

    private static IEnumerable<string> If(bool condition, string file) => condition ? [file] : [];
}
