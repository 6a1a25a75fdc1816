using System.Collections.Immutable;
using Undercloud.Host.Failures;

namespace Undercloud.Host.Prerequisites;

/// <summary>Debian packages that a part of the tool calls.</summary>
/// <param name="Purpose">What for, to end the sentence "needed …".</param>
/// <param name="Packages">Their names.</param>
public sealed record PrerequisiteSet(string Purpose, ImmutableArray<string> Packages)
{
    private static readonly ImmutableArray<string> s_containers =
        ["podman", "crun", "runc", "conmon", "netavark", "aardvark-dns", "iptables", "iproute2", "ca-certificates"];

    // The openstack command with its commands of Heat and Placement, and swift, which makes temporary URLs.
    private static readonly ImmutableArray<string> s_clients =
        ["python3-openstackclient", "python3-heatclient", "python3-osc-placement", "python3-swiftclient"];

    /// <summary>To build images.</summary>
    public static PrerequisiteSet ImageBuild { get; } =
        new("to build images", [.. s_containers, "buildah", "mmdebstrap", "debian-archive-keyring", "gpgv"]);

    /// <summary>To run a sandbox on this machine.</summary>
    public static PrerequisiteSet Sandbox { get; } = new("to run a sandbox", s_containers);

    /// <summary>To install an undercloud on this host.</summary>
    public static PrerequisiteSet Install { get; } =
        new("to install an undercloud on this host", [.. s_containers, "ansible-core", "python3", "python3-apt", "python3-jinja2", "procps", .. s_clients]);

    /// <summary>To run services on a node that is reached over SSH.</summary>
    public static PrerequisiteSet Node { get; } = new("to run services on a node", [.. s_containers, "python3", "python3-apt", "procps"]);
}

/// <summary>What the tool needs is not there and cannot be had. The message says why and what to do.</summary>
public sealed class PrerequisiteException(string message) : InstallException(message);
