using System.Collections.Immutable;
using System.Net;
using Undercloud.Config;
using Undercloud.Deploy.Containers;
using Undercloud.Deploy.Plans;

namespace Undercloud.Host.Checks;

/// <summary>Room that something is going to take.</summary>
/// <param name="Path">Where.</param>
/// <param name="Bytes">How much, in bytes.</param>
/// <param name="What">For what, e.g. "images".</param>
public sealed record NeededRoom(string Path, long Bytes, string What);

/// <summary>What an installation asks of its host.</summary>
public sealed record HostNeeds
{
    private const long MiB = 1024 * 1024;

    // The 36 containers of the default set were measured at 3.4 GiB when they had done little (docs/operating.md): a quarter more is for work.
    private const long MemoryOfContainer = 125 * MiB;

    // For the system itself, and building images.
    private const long MemoryOfHost = 1024 * MiB;

    /// <summary>The interface that local_interface names; null when the network is the operator's own affair.</summary>
    public string? Interface { get; init; }

    /// <summary>Addresses of the undercloud: services listen there or everywhere.</summary>
    public ImmutableArray<IPAddress> Addresses { get; init; } = [];

    /// <summary>Ports of the services.</summary>
    public ImmutableArray<PortEntry> Ports { get; init; } = [];

    /// <summary>Room by path.</summary>
    public ImmutableArray<NeededRoom> Room { get; init; } = [];

    /// <summary>Memory and swap, in bytes.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Hosts that are given by name: option and name, when no address was found.</summary>
    public ImmutableArray<(string Option, string Name)> UnknownHosts { get; init; } = [];

    /// <summary>What a prepared run asks for.</summary>
    /// <param name="inputs">What was gathered.</param>
    /// <param name="plan">What is wanted.</param>
    /// <param name="missingImages">How many images are to be built.</param>
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
            Room = RoomOf("/var/lib/containers", missingImages, isFirst),
            MemoryBytes = MemoryOf(plan),
            UnknownHosts = [.. hosts.Where(host => !AddressWithPrefix.TryParseAddress(host.Name, out _) && around.Addresses.GetValueOrDefault(host.Name, []).IsEmpty)],
        };
    }

    /// <summary>The memory that the containers of a plan take, with what the host has to have beside them, in bytes.</summary>
    public static long MemoryOf(DeploymentPlan plan) =>
        MemoryOfHost + MemoryOfContainer * plan.Nodes.SelectMany(node => node.AllContainers).Count(spec => spec is { Kind: ContainerKind.Service, Restart: not RestartPolicy.No });

    /// <summary>The room that an installation takes. An image is 60 to 320 MiB over its parent, and its packages lie in the cache once more.</summary>
    /// <param name="imageStore">Where podman keeps images.</param>
    /// <param name="missingImages">How many are to be built.</param>
    /// <param name="isFirst">Whether databases, rings and queues are to be made.</param>
    public static ImmutableArray<NeededRoom> RoomOf(string imageStore, int missingImages, bool isFirst) =>
    [
        new(imageStore, (missingImages * 400L + 64) * MiB, missingImages == 0 ? "containers" : "images and containers"),
        new("/var/lib", (isFirst ? 1024 : 64) * MiB, isFirst ? "databases and the services' state" : "the services' state"),
        new("/var/log/containers", (isFirst ? 512 : 64) * MiB, "logs"),
        new("/var/tmp", (missingImages == 0 ? 32 : 512) * MiB, "building and temporary files"),
        new("/etc", 16 * MiB, "configuration"),
    ];

    private static bool Uses(NodePlan node, string name) =>
        node.Manifest.Network.Interfaces.Any(link => link.Name == name) || node.Manifest.Network.Bridges.Any(bridge => bridge.Ports.Contains(name));
}
