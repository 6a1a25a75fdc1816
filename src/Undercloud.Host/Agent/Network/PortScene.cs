using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.Agent.Network;

/// <summary>What there is when an interface is to become a port, and what speaks against it.</summary>
/// <param name="Links">The interfaces there are.</param>
/// <param name="Known">These, and those that are made.</param>
/// <param name="Released">Ports of ours that have been taken out of where they were.</param>
/// <param name="Needed">Those that the node is reached by.</param>
/// <param name="Devices">The interfaces with what they are ports of in the kernel.</param>
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
            return $"{port} is where somebody is connected to this node by SSH: as a port of {entry.Name} it would end that. {consent}";

        // Open vSwitch takes a port of the kernel's and never gets its packets; ip link takes it away from where it is.
        if (!Released.Contains(port) && PortMaster.Of(port, bridges, Devices) is { } other && other.Name != entry.Name)
            return $"{port} is a port of {other.Called}. Take it out ({other.Leave}), or set local_interface, or the name in net_config_override's file, to another interface.";

        return !consented && PortMoves.Foreign(before, link).FirstOrDefault() is { } foreign
            ? $"{port} has the address {foreign}, which nobody could reach any more with {port} a port of {entry.Name}. "
                + $"Take it away (ip address del {foreign} dev {port}), or set local_interface to another interface."
            : null;
    }
}
