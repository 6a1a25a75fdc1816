using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.Agent.Network;

/// <summary>The bridge, bond or other interface of which an interface is a port.</summary>
/// <param name="Name">e.g. podman0.</param>
/// <param name="Called">The name for messages, e.g. the bridge podman0.</param>
/// <param name="Leave">The command that removes the port.</param>
internal sealed record PortMaster(string Name, string Called, string Leave)
{
    /// <summary>The kernel's master of all ports of Open vSwitch. Only Open vSwitch knows the bridge of such a port.</summary>
    public const string OvsMaster = "ovs-system";

    /// <summary>Finds the master of an interface; null for an interface that is no port.</summary>
    /// <param name="port">The interface's name.</param>
    /// <param name="bridges">The existing bridges.</param>
    /// <param name="devices">All existing interfaces.</param>
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

    /// <summary>
    /// Refuses a new address on an interface that is a port of the kernel's: the address would not be reachable. In a VRF, and on ports that Open vSwitch
    /// created, an address works.
    /// </summary>
    public static void RefuseAddresses(
        AgentPlan plan, NetworkManifest wanted, ImmutableArray<LinkState> links, ImmutableArray<BridgeState> bridges, ImmutableArray<DeviceState> devices)
    {
        // An interface that becomes a port of a wanted bridge is checked there, and an owned port is released.
        var ports = wanted.Bridges.SelectMany(bridge => bridge.Ports).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in wanted.Interfaces.Where(entry => !ports.Contains(entry.Name)))
        {
            var there = links.FirstOrDefault(link => link.Name == entry.Name)?.Addresses ?? [];
            if (entry.Addresses.Select(LinkState.Canonical).FirstOrDefault(address => address is not null && !there.Contains(address)) is { } address
                && Of(entry.Name, bridges, devices) is { } master && Kind(master.Name, devices) is "bridge" or "bond" or "team"
                && plan.Before.Bridges.GetValueOrDefault(master.Name)?.Ports.Contains(entry.Name) != true)
                plan.Refusals.Add($"{entry.Name} is a port of {master.Called}: {address} would not be reachable on it. Remove the port ({master.Leave}), or give the address to {master.Name} or another interface.");
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
