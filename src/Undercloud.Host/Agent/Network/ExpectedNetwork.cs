using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Host.Agent.Network;

/// <summary>What a network requires and the tool does not create: the operator's own addresses and bridges, and the kernel's modules.</summary>
internal static class ExpectedNetwork
{
    /// <summary>Refuses a network without local_ip, or without the bridge that Neutron's agent uses.</summary>
    public static void Check(AgentPlan plan, NetworkManifest network, ImmutableArray<BridgeState> bridges, ImmutableArray<LinkState> links)
    {
        if (network.ExpectedAddress is { } address && !links.Any(link => link.Addresses.Any(text => text.Split('/')[0] == address)))
        {
            plan.Refusals.Add($"The services are to listen at {address} (local_ip), which no interface of this node has. With net_config_override or net-config-noop.yaml, this address is up to you. "
                + "Set the address on an interface, or add it to the file of net_config_override: {{LOCAL_IP}}.");
        }

        if (network.ExpectedBridge is { } name && !bridges.Any(bridge => bridge.Name == name && bridge.Kind is null))
        {
            plan.Refusals.Add($"Neutron's agent needs {name}, a bridge of Open vSwitch; this node has none. With net_config_override or net-config-noop.yaml, this bridge is up to you. "
                + $"Create it (ovs-vsctl add-br {name}), add it as an ovs_bridge to the file of net_config_override, or name another bridge with the parameter NeutronPhysicalBridge.");
        }
    }

    /// <summary>What a network requires and the kernel does not support, each with a remedy.</summary>
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
                + "Use a kernel with the module, or Open vSwitch instead: vlan and ovs_bond as members of an ovs_bridge."),
        ];
    }
}
