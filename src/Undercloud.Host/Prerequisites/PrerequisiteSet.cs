using System.Collections.Immutable;
using Undercloud.Host.Failures;

namespace Undercloud.Host.Prerequisites;

/// <summary>Debian packages that a part of the tool needs.</summary>
/// <param name="Purpose">The end of the sentence "needed …".</param>
/// <param name="Packages">The names of the packages.</param>
public sealed record PrerequisiteSet(string Purpose, ImmutableArray<string> Packages)
{
    private static readonly ImmutableArray<string> s_containers =
        ["podman", "crun", "runc", "conmon", "netavark", "aardvark-dns", "iptables", "iproute2", "ca-certificates"];

    // The openstack command with the commands of Heat and Placement, and swift, which creates temporary URLs.
    private static readonly ImmutableArray<string> s_clients =
        ["python3-openstackclient", "python3-heatclient", "python3-osc-placement", "python3-swiftclient"];

    /// <summary>Packages to build images.</summary>
    public static PrerequisiteSet ImageBuild { get; } =
        new("to build images", [.. s_containers, "buildah", "mmdebstrap", "debian-archive-keyring", "gpgv"]);

    /// <summary>Packages to pull images from registries and to push them there.</summary>
    public static PrerequisiteSet Registry { get; } = new("to reach a registry of images", [.. s_containers, "skopeo"]);

    /// <summary>Packages to run a sandbox on this host.</summary>
    public static PrerequisiteSet Sandbox { get; } = new("to run a sandbox", s_containers);

    /// <summary>Packages to install an undercloud on this host.</summary>
    public static PrerequisiteSet Install { get; } =
        new("to install an undercloud on this host", [.. s_containers, "ansible-core", "python3", "python3-apt", "python3-jinja2", "procps", .. s_clients]);

    /// <summary>Packages to write and read backups.</summary>
    public static PrerequisiteSet Backup { get; } = new("for backups", ["zstd"]);

    /// <summary>Packages to run services on a node that is reached over SSH.</summary>
    public static PrerequisiteSet Node { get; } = new("to run services on a node", [.. s_containers, "python3", "python3-apt", "procps"]);
}

/// <summary>Required packages are missing and cannot be installed. The message gives the cause and the remedy.</summary>
public sealed class PrerequisiteException(string message) : InstallException(message);
