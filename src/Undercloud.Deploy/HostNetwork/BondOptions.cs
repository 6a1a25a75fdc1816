using System.Collections.Immutable;
using Undercloud.Config;

namespace Undercloud.Deploy.HostNetwork;

/// <summary>The options of bonds, by name.</summary>
internal static class BondOptions
{
    /// <summary>Those of a kernel bond, as <c>ip link add … type bond</c> takes them. Source: ip-link(8), <c>ip link help bond</c>.</summary>
    public static ImmutableDictionary<string, BondOption> Kernel { get; } = new Dictionary<string, BondOption>
    {
        ["mode"] = BondOption.Numbered("balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb"),
        ["miimon"] = BondOption.Number(),
        ["updelay"] = BondOption.Number(),
        ["downdelay"] = BondOption.Number(),
        ["use_carrier"] = BondOption.Number(0, 1),
        ["arp_interval"] = BondOption.Number(),
        ["arp_validate"] = BondOption.Numbered("none", "active", "backup", "all", "filter", "filter_active", "filter_backup"),
        ["arp_all_targets"] = BondOption.Numbered("any", "all"),
        ["arp_ip_target"] = new("IPv4 addresses, with commas between them", value => value.Split(',').All(text => !text.Contains(':') && AddressWithPrefix.TryParseAddress(text, out _))),
        ["primary"] = BondOption.Any,
        ["primary_reselect"] = BondOption.Numbered("always", "better", "failure"),
        ["fail_over_mac"] = BondOption.Numbered("none", "active", "follow"),
        ["xmit_hash_policy"] = BondOption.Numbered("layer2", "layer3+4", "layer2+3", "encap2+3", "encap3+4", "vlan+srcmac"),
        ["resend_igmp"] = BondOption.Number(0, 255),
        ["num_grat_arp"] = BondOption.Number(0, 255),
        ["all_slaves_active"] = BondOption.Number(0, 1),
        ["min_links"] = BondOption.Number(),
        ["lp_interval"] = BondOption.Number(1),
        ["packets_per_slave"] = BondOption.Number(0, 65535),
        ["tlb_dynamic_lb"] = BondOption.Number(0, 1),
        ["lacp_rate"] = BondOption.Numbered("slow", "fast"),
        ["ad_select"] = BondOption.Numbered("stable", "bandwidth", "count"),
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>
    /// Those of an Open vSwitch bond: columns of its table Port, and keys of other_config with known values. Source: ovs-vswitchd.conf.db(5).
    /// </summary>
    public static ImmutableDictionary<string, BondOption> OpenVSwitch { get; } = new Dictionary<string, BondOption>
    {
        ["bond_mode"] = BondOption.OneOf("active-backup", "balance-slb", "balance-tcp"),
        ["lacp"] = BondOption.OneOf("active", "passive", "off"),
        ["bond_updelay"] = BondOption.Number(),
        ["bond_downdelay"] = BondOption.Number(),
        ["bond_fake_iface"] = BondOption.OneOf("true", "false"),
        ["bond_active_slave"] = BondOption.Any,
        ["tag"] = BondOption.Number(0, 4095),
        ["trunks"] = new("VLANs' numbers, with commas between them", value => value.Split(',').All(BondOption.Number(0, 4095).Accepts)),
        ["vlan_mode"] = BondOption.OneOf("access", "native-tagged", "native-untagged", "trunk", "dot1q-tunnel"),
        ["mac"] = BondOption.Any,
        ["protected"] = BondOption.OneOf("true", "false"),
        ["external_ids"] = BondOption.Any,
        ["other_config"] = BondOption.Any,
        ["other_config:bond-detect-mode"] = BondOption.OneOf("carrier", "miimon"),
        ["other_config:bond-miimon-interval"] = BondOption.Number(),
        ["other_config:bond-rebalance-interval"] = BondOption.Number(),
        ["other_config:lacp-time"] = BondOption.OneOf("slow", "fast"),
        ["other_config:lacp-fallback-ab"] = BondOption.OneOf("true", "false"),
        ["other_config:lacp-system-priority"] = BondOption.Number(1, 65535),
        ["other_config:lacp-port-priority"] = BondOption.Number(1, 65535),
    }.ToImmutableDictionary(StringComparer.Ordinal);
}
