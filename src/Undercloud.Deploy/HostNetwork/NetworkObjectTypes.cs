using System.Collections.Immutable;

namespace Undercloud.Deploy.HostNetwork;

/// <summary>os-net-config's (wallaby) types, and the keys of the supported ones.</summary>
internal static class NetworkObjectTypes
{
    public const string Interface = "interface";
    public const string Vlan = "vlan";
    public const string OvsBridge = "ovs_bridge";
    public const string OvsBond = "ovs_bond";
    public const string LinuxBridge = "linux_bridge";
    public const string LinuxBond = "linux_bond";

    private static readonly ImmutableArray<string> s_common =
    [
        "type", "use_dhcp", "use_dhcpv6", "addresses", "routes", "rules", "mtu", "nic_mapping", "persist_mapping", "defroute", "dhclient_args", "dns_servers",
        "nm_controlled", "onboot", "domain",
    ];

    /// <summary>The supported types with their keys.</summary>
    public static ImmutableDictionary<string, ImmutableArray<string>> Supported { get; } = new Dictionary<string, ImmutableArray<string>>
    {
        [Interface] = [.. s_common, "name", "primary", "ethtool_opts", "hotplug", "linkdelay"],
        [Vlan] = [.. s_common, "vlan_id", "device", "primary", "ovs_options", "ovs_extra"],
        [OvsBridge] = [.. s_common, "name", "members", "ovs_options", "ovs_extra", "ovs_fail_mode"],
        [OvsBond] = [.. s_common, "name", "members", "primary", "ovs_options", "ovs_extra"],
        [LinuxBridge] = [.. s_common, "name", "members"],
        [LinuxBond] = [.. s_common, "name", "members", "primary", "bonding_options", "ethtool_opts"],
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>os-net-config's unsupported types.</summary>
    public static ImmutableArray<string> Others { get; } =
    [
        "route_table", "route_rule", "ovs_user_bridge", "team", "ivs_bridge", "ivs_interface", "nfvswitch_bridge", "nfvswitch_internal", "ovs_tunnel", "ovs_patch_port",
        "ib_interface", "ib_child_interface", "ovs_dpdk_port", "ovs_dpdk_bond", "vpp_interface", "vpp_bond", "contrail_vrouter", "contrail_vrouter_dpdk",
        "sriov_pf", "sriov_vf", "linux_tap",
    ];

    /// <summary>Keys with a boolean value.</summary>
    public static ImmutableArray<string> Flags { get; } = ["use_dhcp", "use_dhcpv6", "primary", "persist_mapping", "defroute", "nm_controlled", "onboot", "hotplug"];
}
