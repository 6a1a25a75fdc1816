using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.Agent.Network;

/// <summary>What an interface is a port of.</summary>
/// <param name="Name">e.g. podman0.</param>
/// <param name="Called">The same for messages, e.g. the bridge podman0.</param>
/// <param name="Leave">The command that takes the interface out.</param>
internal sealed record PortMaster(string Name, string Called, string Leave)
{
    /// <summary>The master of all ports of Open vSwitch's in the kernel. Which bridge such a port is in, Open vSwitch alone can say.</summary>
    public const string OvsMaster = "ovs-system";

    /// <summary>Finds out what an interface is a port of; null when it is none.</summary>
    /// <param name="port">The interface's name.</param>
    /// <param name="bridges">The bridges there are.</param>
    /// <param name="devices">The interfaces there are, whoever made them.</param>
    public static PortMaster? Of(string port, ImmutableArray<BridgeState> bridges, ImmutableArray<DeviceState> devices)
    {
        if (bridges.FirstOrDefault(there => there.Kind is null && there.Ports.Contains(port)) is { } bridge)
            return new(bridge.Name, $"the bridge {bridge.Name}", $"ovs-vsctl del-port {bridge.Name} {port}");
        if (bridges.FirstOrDefault(there => there.Kind is null && there.Interfaces.Contains(port)) is { } around)
            return new(around.Name, $"a bond in the bridge {around.Name}", $"ovs-vsctl --with-iface del-port {around.Name} {port}, which removes the bond");
        return devices.FirstOrDefault(device => device.Name == port)?.Master is { } master and not OvsMaster
            ? new(master, $"{Word(Kind(master, devices))}{master}", $"ip link set {port} nomaster")
            : null;
    }

    /// <summary>Refuses a new address on an interface that is a port in the kernel: nobody would reach it. In a VRF, and on ports that Open vSwitch made, an address works.</summary>
    public static void RefuseAddresses(
        AgentPlan plan, NetworkManifest wanted, ImmutableArray<LinkState> links, ImmutableArray<BridgeState> bridges, ImmutableArray<DeviceState> devices)
    {
        // What is to be a port of something that is wanted is looked at there, and what is ours to release is released.
        var ports = wanted.Bridges.SelectMany(bridge => bridge.Ports).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in wanted.Interfaces.Where(entry => !ports.Contains(entry.Name)))
        {
            var there = links.FirstOrDefault(link => link.Name == entry.Name)?.Addresses ?? [];
            if (entry.Addresses.Select(LinkState.Canonical).FirstOrDefault(address => address is not null && !there.Contains(address)) is { } address
                && Of(entry.Name, bridges, devices) is { } master && Kind(master.Name, devices) is "bridge" or "bond" or "team"
                && plan.Before.Bridges.GetValueOrDefault(master.Name)?.Ports.Contains(entry.Name) != true)
                plan.Refusals.Add($"{entry.Name} is a port of {master.Called}: nobody would reach {address} on it. Take it out ({master.Leave}), or write the address for {master.Name} or another interface.");
        }
    }

    private static string? Kind(string name, ImmutableArray<DeviceState> devices) => devices.FirstOrDefault(device => device.Name == name)?.Kind;

    private static string Word(string? kind) => kind switch
    {
        "bridge" or "bond" or "team" => $"the {kind} ",
        "vrf" => "the VRF ",
        _ => "",
    };
}
