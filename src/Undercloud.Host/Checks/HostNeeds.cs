using System.Collections.Immutable;
using System.Net;
using Undercloud.Config;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Plans;

namespace Undercloud.Host.Checks;

/// <summary>Disk space that an installation takes.</summary>
/// <param name="Path">The directory.</param>
/// <param name="Bytes">The size in bytes.</param>
/// <param name="What">The use, e.g. "images".</param>
public sealed record NeededRoom(string Path, long Bytes, string What);

/// <summary>The requirements of an installation.</summary>
public sealed record HostNeeds
{
    private const long MiB = 1024 * 1024;

    // The 36 containers of the default set took 3.4 GiB right after an installation (docs/operating.md); a quarter more is for work.
    private const long MemoryOfContainer = 125 * MiB;

    // For the operating system, and for building images.
    private const long MemoryOfHost = 1024 * MiB;

    /// <summary>The directory of podman's images.</summary>
    public const string ImageStore = "/var/lib/containers";

    /// <summary>What an image takes of which nothing else is known, in bytes: it adds 60 to 320 MiB to its parent, and its packages are in the cache as well.</summary>
    public const long ImageBytes = 400 * MiB;

    /// <summary>Disk space that any build of images takes while it runs.</summary>
    public static NeededRoom BuildRoom { get; } = new("/var/tmp", 512 * MiB, "building and temporary files");

    /// <summary>The interface that local_interface names; null when the operator configures the network.</summary>
    public string? Interface { get; init; }

    /// <summary>The undercloud's addresses: services listen there, or at all addresses.</summary>
    public ImmutableArray<IPAddress> Addresses { get; init; } = [];

    /// <summary>Ports of the services.</summary>
    public ImmutableArray<PortEntry> Ports { get; init; } = [];

    /// <summary>Disk space by path.</summary>
    public ImmutableArray<NeededRoom> Room { get; init; } = [];

    /// <summary>Memory and swap, in bytes.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Hosts that are given by a name without an address: option and name.</summary>
    public ImmutableArray<(string Option, string Name)> UnknownHosts { get; init; } = [];

    /// <summary>The requirements of a prepared run.</summary>
    /// <param name="inputs">The gathered inputs.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="missingImages">The number of images to build.</param>
    /// <param name="isFirst">Whether nothing is installed yet.</param>
    public static HostNeeds Of(Inputs inputs, DeploymentPlan plan, int missingImages, bool isFirst)
    {
        var config = inputs.Config;
        var around = inputs.Surroundings;
        (string Option, string Name)[] hosts = !config.HasTls ? [] : [(AddressOptions.PublicHost.Name, config.PublicHost), (AddressOptions.AdminHost.Name, config.AdminHost)];
        return new()
        {
            Interface = plan.Nodes.Any(node => Uses(node, config.LocalInterface)) ? config.LocalInterface : null,
            Addresses = [config.LocalIp.Address, .. hosts.Select(host => around.AddressOf(host.Name, config.LocalIp.IsIPv6)).OfType<IPAddress>()],
            Ports = [.. plan.Nodes.SelectMany(node => node.Ports)],
            Room = RoomOf(ImageStore, missingImages, isFirst),
            MemoryBytes = MemoryOf(plan),
            UnknownHosts = [.. hosts.Where(host => !AddressWithPrefix.TryParseAddress(host.Name, out _) && around.Addresses.GetValueOrDefault(host.Name, []).IsEmpty)],
        };
    }

    /// <summary>The memory for a plan's containers and the host itself, in bytes.</summary>
    public static long MemoryOf(DeploymentPlan plan) =>
        MemoryOfHost + MemoryOfContainer * plan.Nodes.SelectMany(node => node.AllContainers).Count(spec => spec is { Kind: ContainerKind.Service, Restart: not RestartPolicy.No });

    /// <summary>The disk space of an installation.</summary>
    /// <param name="imageStore">The directory of podman's images.</param>
    /// <param name="missingImages">The number of images to build.</param>
    /// <param name="isFirst">Whether databases, rings and queues have to be created.</param>
    public static ImmutableArray<NeededRoom> RoomOf(string imageStore, int missingImages, bool isFirst) =>
    [
        new(imageStore, missingImages * ImageBytes + 64 * MiB, missingImages == 0 ? "containers" : "images and containers"),
        new("/var/lib", (isFirst ? 1024 : 64) * MiB, isFirst ? "databases and the services' state" : "the services' state"),
        new("/var/log/containers", (isFirst ? 512 : 64) * MiB, "logs"),
        missingImages == 0 ? BuildRoom with { Bytes = 32 * MiB } : BuildRoom,
        new("/etc", 16 * MiB, "configuration"),
    ];

    private static bool Uses(NodePlan node, string name) =>
        node.Manifest.Network.Interfaces.Any(link => link.Name == name) || node.Manifest.Network.Bridges.Any(bridge => bridge.Ports.Contains(name));
}
