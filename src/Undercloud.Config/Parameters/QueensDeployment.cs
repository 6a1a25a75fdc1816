using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Computes the input of stable/queens' templates: one subnet, classic drivers, no virtual addresses.</summary>
internal static class QueensDeployment
{
    /// <summary>The client's input to the templates.</summary>
    public static TemplateInput Of(UndercloudConfig config, Surroundings surroundings) => new(
        new MapValue(
        [
            .. ConfigParameters.Simple(config, ConfigRelease.Queens),
            .. IronicParameters.Of(config, ConfigRelease.Queens),
            new("UndercloudHomeDir", surroundings.Home),
            new("DockerInsecureRegistryAddress", new ListValue(
            [
                $"{config.LocalIp.Address}:8787", $"{config.AdminHost}:8787",
                .. ((ListValue)config[ImageOptions.ContainerInsecureRegistries].Value).Items,
            ])),
            .. Nameserver(config),
        ]),
        [.. Environments(config)]);

    private static IEnumerable<KeyValuePair<string, Value>> Nameserver(UndercloudConfig config) =>
        config[AddressOptions.Nameservers].Value is ListValue { Items: [var first, ..] } ? [new("UndercloudNameserver", first)] : [];

    private static IEnumerable<string> Environments(UndercloudConfig config) =>
    [
        .. If(config.ContainerImagesFile is not null, config.ContainerImagesFile!),
        .. If(config.IsOn(ServiceOptions.EnableIronic), [.. ServiceOptions.EnableIronic.Environments]),
        .. If(config.IsOn(ServiceOptions.EnableIronic) && config.IsOn(ServiceOptions.EnableIronicInspector),
            [.. ServiceOptions.EnableIronicInspector.Environments]),
        .. If(config.IsOn(ServiceOptions.EnableMistral), [.. ServiceOptions.EnableMistral.Environments]),
        .. If(config.IsOn(ServiceOptions.EnableZaqar), "environments/services/zaqar.yaml"),
        .. If(config.IsOn(ServiceOptions.EnableTelemetry), [.. ServiceOptions.EnableTelemetry.Environments]),
        .. If(config.IsOn(ServiceOptions.EnableCinder), [.. ServiceOptions.EnableCinder.Environments]),
        .. If(config.IsOn(TlsOptions.GenerateServiceCertificate), "environments/public-tls-undercloud.yaml", PublicEndpoints(config)),
        "environments/docker.yaml",
        "environments/config-download-environment.yaml",
        "environments/undercloud.yaml",
        .. config.CustomEnvironmentFiles,
    ];

    private static string PublicEndpoints(UndercloudConfig config) =>
        AddressWithPrefix.TryParseAddress(config.PublicHost, out _)
            ? "environments/tls-endpoints-public-ip.yaml"
            : "environments/tls-endpoints-public-dns.yaml";

    private static IEnumerable<string> If(bool condition, params string[] files) => condition ? files : [];
}
