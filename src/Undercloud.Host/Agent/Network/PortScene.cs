using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.Agent.Network;

/// <summary>The situation in which an interface becomes a port, and the reasons against it.</summary>
/// <param name="Links">The existing interfaces.</param>
/// <param name="Known">The existing interfaces, and those that the plan creates.</param>
/// <param name="Released">Owned ports that were removed from their bridge.</param>
/// <param name="Needed">The interfaces through which the node is reached.</param>
/// <param name="Devices">The interfaces with their masters in the kernel.</param>
internal sealed record PortScene(
    ImmutableArray<LinkState> Links, ImmutableArray<LinkState> Known, HashSet<string> Released, NeededLinks Needed, ImmutableArray<DeviceState> Devices)
{
    public string? HardwareOf(string port) => Links.FirstOrDefault(link => link.Name == port)?.Hardware;

    /// <summary>Why an interface cannot become a port; null when it can.</summary>
    public string? Refusal(OwnedState before, BridgeEntry entry, string port, ImmutableArray<BridgeState> bridges, bool consented)
    {
        if (Known.FirstOrDefault(link => link.Name == port) is not { } link)
            return $"There is no interface {port} on this node for {entry.Name}. There are: {string.Join(", ", Links.Select(l => l.Name))}. Set local_interface, or the name in net_config_override's file, to one of them.";
        var consent = $"Set local_interface to another interface; or, if it must be {port}, the parameter ControlPlaneInterfaceConsent: its addresses and routes then move to {entry.Name}. "
            + $"They do as well when net_config_override has all of them at {entry.Name}.";
        if (!consented && Needed.DefaultRoutes.Contains(port))
            return $"{port} carries this node's default route: as a port of {entry.Name} it would lose it, and the node its connection. {consent}";
        if (!consented && Needed.Sessions.Contains(port))
            return $"An SSH session is connected through {port}: as a port of {entry.Name} it would end the session. {consent}";

        // Open vSwitch accepts a port of the kernel's but never receives its packets; ip link would remove the port from its present master.
        if (!Released.Contains(port) && PortMaster.Of(port, bridges, Devices) is { } other && other.Name != entry.Name)
            return $"{port} is a port of {other.Called}. Remove the port ({other.Leave}), or set local_interface, or the name in net_config_override's file, to another interface.";

        return !consented && PortMoves.Foreign(before, link).FirstOrDefault() is { } foreign
            ? $"{port} has the address {foreign}, which could not be reached any more with {port} as a port of {entry.Name}. "
                + $"Remove it (ip address del {foreign} dev {port}), or set local_interface to another interface."
            : null;
    }
}
