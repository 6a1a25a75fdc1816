using System.Net;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Computes the input of stable/train's templates, whose names the tool's own templates share.</summary>
internal static class TrainDeployment
{
    private const string ControlPlaneBridge = "br-ctlplane";

    /// <summary>The client's input to the templates.</summary>
    public static TemplateInput Of(UndercloudConfig config, Surroundings surroundings)
    {
        var local = config.LocalIp.IsIPv6;
        return new(
            new MapValue(
            [
                .. ConfigParameters.Simple(config, ConfigRelease.Train),
                .. NetworkParameters.Of(config, surroundings),
                .. IronicParameters.Of(config, ConfigRelease.Train),
                .. Host(config, surroundings),
                .. Registry(config, surroundings),
                .. Services(config, surroundings),
                .. Tls(config, surroundings),
            ]),
            [.. TrainEnvironments.Of(config)])
        {
            PublicVirtualIp = config.HasTls ? surroundings.AddressOf(config.PublicHost, local) : null,
            ControlVirtualIp = config.HasTls ? surroundings.AddressOf(config.AdminHost, local) : null,
        };
    }

    private static IEnumerable<KeyValuePair<string, Value>> Host(UndercloudConfig config, Surroundings surroundings) =>
    [
        new("UndercloudHomeDir", surroundings.Home),
        new("PythonInterpreter", surroundings.Python),
        new("TimeZone", config.TextOrNull(ServiceOptions.TimeZone) ?? surroundings.TimeZone),
        new("DeploymentUser", config.TextOrNull(FileOptions.DeploymentUser) ?? surroundings.User),
    ];

    private static IEnumerable<KeyValuePair<string, Value>> Registry(UndercloudConfig config, Surroundings surroundings)
    {
        var name = $"{surroundings.HostName.Split('.')[0]}.ctlplane.{config.TextOrNull(AddressOptions.OvercloudDomainName)}";
        var port = config.TextOrNull(ImageOptions.ContainerCli) == "podman" ? "" : ":8787";
        yield return new("LocalContainerRegistry", name);
        yield return new("DockerInsecureRegistryAddress", new ListValue(
        [
            $"{name}{port}", $"{config.LocalIp.Address}{port}", $"{config.AdminHost}{port}",
            .. ((ListValue)config[ImageOptions.ContainerInsecureRegistries].Value).Items,
        ]));
    }

    private static IEnumerable<KeyValuePair<string, Value>> Services(UndercloudConfig config, Surroundings surroundings)
    {
        if (config.IsOn(ServiceOptions.EnableValidations))
        {
            yield return new("UndercloudConfigFilePath", surroundings.ConfigPath);
            yield return new("EnableValidations", true);
        }

        if (config.Texts(HardwareOptions.AdditionalArchitectures) is { IsEmpty: false } architectures)
        {
            yield return new("AdditionalArchitectures", string.Join(',', architectures));
            foreach (var architecture in architectures)
                yield return new($"EnableArchitecture{architecture.ToUpperInvariant()}", true);
        }

        if (config.IsOn(ServiceOptions.EnableSwiftEncryption))
        {
            yield return new("BarbicanSimpleCryptoGlobalDefault", true);
            yield return new("SwiftEncryptionEnabled", true);
        }

        var password = config.TextOrNull(TlsOptions.IpaOtp);
        if (config.IsOn(ServiceOptions.EnableNovajoin))
            yield return new("NovajoinIpaOtp", password ?? "");
        else if (password is not null)
            yield return new("UndercloudIpaOtp", password);
    }

    private static IEnumerable<KeyValuePair<string, Value>> Tls(UndercloudConfig config, Surroundings surroundings)
    {
        if (surroundings.Certificate is { } certificate)
        {
            yield return new("InternalTLSCAFile", "");
            yield return new("SSLCertificate", certificate.Certificate);
            yield return new("SSLKey", certificate.Key.Reveal());
        }

        if (!config.HasTls)
            yield break;

        // The addresses must be on an interface whether they are in the control plane's network or not.
        yield return new("ControlVirtualInterface", ControlPlaneBridge);
        yield return new("PublicVirtualInterface", ControlPlaneBridge);
        if (!AddressWithPrefix.TryParseAddress(config.PublicHost, out _)
            && surroundings.AddressOf(config.PublicHost, config.LocalIp.IsIPv6) is IPAddress address)
        {
            yield return new("ExtraHostFileEntries", $"{address} {config.PublicHost}");
        }
    }
}
