using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Options of container images and of running containers.</summary>
public static class ImageOptions
{
    public static ConfigOption ContainerImagesFile { get; } = new("container_images_file", OptionTypes.Path, Value.Null,
        "A Heat environment file that names the container images.")
    {
        Releases = ConfigRelease.Client,
        Effect = OptionEffect.Applied,
        EmptyIsUnset = true,
        RelativeToHome = true,
    };

    public static ConfigOption ContainerRegistryMirror { get; } = new("container_registry_mirror", OptionTypes.Text, Value.Null,
        "A mirror that images are pulled from in place of the public registry.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        DeprecatedNames = ["docker_registry_mirror"],
        Parameters = [new("DockerRegistryMirror")],
        EmptyIsUnset = true,
    };

    public static ConfigOption ContainerInsecureRegistries { get; } = new("container_insecure_registries",
        OptionTypes.ListOf(OptionTypes.Text), ListValue.Empty,
        "Registries that are reached without TLS, besides the undercloud's own.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        DeprecatedNames = ["docker_insecure_registries"],
        Computed = ["DockerInsecureRegistryAddress"],
    };

    public static ConfigOption ContainerHealthcheckDisabled { get; } = new("container_healthcheck_disabled", OptionTypes.Boolean, false,
        "Whether to leave out the health checks of the containers.")
    {
        Releases = ConfigRelease.FromStein,
        Effect = OptionEffect.Applied,
        Parameters = [new("ContainerHealthcheckDisabled") { Releases = ConfigRelease.FromStein }],
    };

    public static ConfigOption ContainerCli { get; } = new("container_cli", OptionTypes.OneOf("podman", "docker"), "podman",
        "The program that runs the containers.")
    {
        Releases = ConfigRelease.FromStein,
        Effect = OptionEffect.None,
        SoAnyway = "podman",
        Reason =
            "Containers are always run by podman.",
        Instead =
            "Take the line out.",
        Computed = ["DockerInsecureRegistryAddress"],
        Parameters = [new("ContainerCli") { Releases = ConfigRelease.FromStein }],
    };

    public static ConfigOption DockerBip { get; } = new("docker_bip", OptionTypes.Text, "--bip=172.31.0.1/24",
        "The address of Docker's bridge.")
    {
        Releases = ConfigRelease.Rocky | ConfigRelease.Stein | ConfigRelease.Train | ConfigRelease.Ussuri | ConfigRelease.Victoria,
        Effect = OptionEffect.None,
        Reason =
            "There is no Docker and no bridge of its: containers share the host's network.",
        Instead =
            "Take the line out.",
        Parameters = [HeatParameter.UnlessEmpty("DockerNetworkOptions") with { Releases = ConfigRelease.FromRocky }],
    };

    public static ConfigOption EnablePaunch { get; } = new("undercloud_enable_paunch", OptionTypes.Boolean, true,
        "Whether Paunch manages the containers.")
    {
        Releases = ConfigRelease.Train | ConfigRelease.Ussuri,
        Effect = OptionEffect.None,
        SoAnyway = false,
        Reason =
            "The tool manages containers itself, in place of Paunch.",
        Instead =
            "Take the line out.",
        FormerDefaults = [new(ConfigRelease.Ussuri, false)],
        Parameters = [new("EnablePaunch") { Releases = ConfigRelease.FromTrain }],
    };

    public static ConfigOption EnableContainerImagesBuild { get; } = new("enable_container_images_build", OptionTypes.Boolean, true,
        "Whether to install what builds container images.")
    {
        Releases = ConfigRelease.Instack | ConfigRelease.Queens,
        Effect = OptionEffect.None,
        Reason =
            "The tool builds images itself and installs what it takes when it does.",
        Instead =
            "Build images with `undercloud image build`.",
    };

    public static ConfigOption HeatNative { get; } = new("heat_native", OptionTypes.Boolean, true,
        "Whether the Heat that resolves the templates runs on the host rather than in a container.")
    {
        Releases = ConfigRelease.Client,
        Effect = OptionEffect.None,
        SoAnyway = true,
        Reason =
            "The tool resolves the templates itself, without a Heat service.",
        Instead =
            "Take the line out.",
    };

    public static ConfigOption HeatContainerImage { get; } = new("heat_container_image", OptionTypes.Text, Value.Null,
        "The image of the Heat that resolves the templates.")
    {
        Releases = ConfigRelease.Client,
        Effect = OptionEffect.None,
        Reason =
            "The tool resolves the templates itself, without a Heat service.",
        Instead =
            "Name images of services in container_images_file.",
        EmptyIsUnset = true,
    };

    /// <summary>All of them, in the order of the sample file.</summary>
    public static ImmutableArray<ConfigOption> All { get; } =
    [
        ContainerImagesFile, ContainerRegistryMirror, ContainerInsecureRegistries, ContainerHealthcheckDisabled, ContainerCli, DockerBip,
        EnablePaunch, EnableContainerImagesBuild, HeatNative, HeatContainerImage,
    ];
}
