using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.Agent.Network;

/// <summary>What a network relies on and is not made for it: what the operator makes himself, and what the kernel can.</summary>
internal static class ExpectedNetwork
{
    /// <summary>Refuses a network that has no local_ip, or not the bridge that Neutron's agent goes by.</summary>
    public static void Check(AgentPlan plan, NetworkManifest network, ImmutableArray<BridgeState> bridges, ImmutableArray<LinkState> links)
    {
        if (network.ExpectedAddress is { } address && !links.Any(link => link.Addresses.Any(text => text.Split('/')[0] == address)))
        {
            plan.Refusals.Add($"The services are to listen at {address} (local_ip), which no interface of this node has, and net_config_override or net-config-noop.yaml leaves it to you. "
                + "Set the address on an interface, or write it into the file of net_config_override: {{LOCAL_IP}}.");
        }

        if (network.ExpectedBridge is { } name && !bridges.Any(bridge => bridge.Name == name && bridge.Kind is null))
        {
            plan.Refusals.Add($"Neutron's agent needs {name}, a bridge of Open vSwitch; this node has none, and net_config_override or net-config-noop.yaml leaves it to you. "
                + $"Make it (ovs-vsctl add-br {name}), write it as an ovs_bridge into the file of net_config_override, or name another one with the parameter NeutronPhysicalBridge.");
        }
    }

    /// <summary>What the kernel cannot make of a network, each with what to do.</summary>
    /// <param name="network">The network.</param>
    /// <param name="has">Whether the kernel has a module.</param>
    public static IEnumerable<string> Kernel(NetworkManifest network, Func<string, bool> has)
    {
        (string Module, IEnumerable<string> Names)[] needs =
        [
            ("8021q", network.Vlans.Select(vlan => vlan.Name)),
            ("bonding", network.Bridges.Where(bridge => bridge.Kind == BridgeEntry.Bond).Select(bridge => bridge.Name)),
            ("bridge", network.Bridges.Where(bridge => bridge.Kind == BridgeEntry.Linux).Select(bridge => bridge.Name)),
        ];
        return
        [
            .. needs.Where(need => need.Names.Any() && !has(need.Module)).Select(need => $"This kernel has no module {need.Module}, which {string.Join(", ", need.Names)} needs. "
                + "Use a kernel that has it, or what Open vSwitch makes in its place: vlan and ovs_bond as members of an ovs_bridge."),
        ];
    }
}
