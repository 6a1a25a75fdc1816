using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Options of a subnet's section. Their defaults are those of the local subnet.</summary>
public static class SubnetOptions
{
    public static ConfigOption Cidr { get; } = new("cidr", NetworkTypes.Network, "192.168.24.0/24",
        "The subnet's network. In IPv6 its prefix length is 64.")
    {
        Group = KnownOptions.SubnetSection,
        Releases = ConfigRelease.InstackQueens | ConfigRelease.FromRocky,
        Effect = OptionEffect.Applied,
        FlatNames = ["network_cidr"],
        Parameters = [new("UndercloudNetworkCidr") { Releases = ConfigRelease.Queens }],
        Computed =
        [
            "UndercloudCtlplaneSubnets", "IronicInspectorSubnets", "ControlPlaneStaticRoutes", "MasqueradeNetworks", "ChronyAclRules",
        ],
    };

    public static ConfigOption DhcpStart { get; } = new("dhcp_start", OptionTypes.ListOf(NetworkTypes.Address),
        new ListValue(["192.168.24.5"]),
        "The first address given to nodes by DHCP; several begin a range each.")
    {
        Group = KnownOptions.SubnetSection,
        Releases = ConfigRelease.InstackQueens | ConfigRelease.FromRocky,
        Effect = OptionEffect.Applied,
        FlatNames = ["dhcp_start"],
        Parameters = [new("UndercloudDhcpRangeStart", First) { Releases = ConfigRelease.Queens }],
        Computed = ["UndercloudCtlplaneSubnets"],
    };

    public static ConfigOption DhcpEnd { get; } = new("dhcp_end", OptionTypes.ListOf(NetworkTypes.Address),
        new ListValue(["192.168.24.24"]),
        "The last address given to nodes by DHCP, one for each dhcp_start.")
    {
        Group = KnownOptions.SubnetSection,
        Releases = ConfigRelease.InstackQueens | ConfigRelease.FromRocky,
        Effect = OptionEffect.Applied,
        FlatNames = ["dhcp_end"],
        Parameters = [new("UndercloudDhcpRangeEnd", First) { Releases = ConfigRelease.Queens }],
        Computed = ["UndercloudCtlplaneSubnets"],
    };

    public static ConfigOption DhcpExclude { get; } = new("dhcp_exclude", OptionTypes.ListOf(NetworkTypes.AddressOrRange), ListValue.Empty,
        "Addresses, and ranges like 192.168.24.80-192.168.24.90, that no node is given.")
    {
        Group = KnownOptions.SubnetSection,
        Releases = ConfigRelease.FromStein,
        Effect = OptionEffect.Applied,
        Computed = ["UndercloudCtlplaneSubnets"],
    };

    public static ConfigOption InspectionIprange { get; } = new("inspection_iprange", NetworkTypes.AddressRange,
        "192.168.24.100,192.168.24.120",
        "The first and the last address for nodes under inspection. The range is in cidr and apart from that of DHCP.")
    {
        Group = KnownOptions.SubnetSection,
        Releases = ConfigRelease.InstackQueens | ConfigRelease.FromRocky,
        Effect = OptionEffect.Applied,
        FlatNames = ["inspection_iprange", "discovery_iprange"],
        Parameters = [new("IronicInspectorIpRange") { Releases = ConfigRelease.Queens }],
        Computed = ["IronicInspectorSubnets"],
    };

    public static ConfigOption Gateway { get; } = new("gateway", NetworkTypes.Address, "192.168.24.1",
        "The subnet's router.")
    {
        Group = KnownOptions.SubnetSection,
        Releases = ConfigRelease.InstackQueens | ConfigRelease.FromRocky,
        Effect = OptionEffect.Applied,
        FlatNames = ["network_gateway"],
        Parameters = [new("UndercloudNetworkGateway") { Releases = ConfigRelease.Queens }],
        Computed = ["UndercloudCtlplaneSubnets", "IronicInspectorSubnets", "ControlPlaneStaticRoutes"],
    };

    public static ConfigOption Masquerade { get; } = new("masquerade", OptionTypes.Boolean, false,
        "Whether the subnet's nodes reach the outside through the undercloud's own address.")
    {
        Effect = OptionEffect.Applied,
        Group = KnownOptions.SubnetSection,
        Releases = ConfigRelease.InstackQueens | ConfigRelease.FromRocky,
        Computed = ["MasqueradeNetworks"],
        Environments = ["environments/services/masquerade-networks.yaml"],
    };

    public static ConfigOption HostRoutes { get; } = new("host_routes", NetworkTypes.HostRoutes, ListValue.Empty,
        "Routes that nodes get besides the default one, e.g. [{destination: 10.10.10.0/24, nexthop: 192.168.24.254}]. The local "
            + "subnet's are the undercloud's too.")
    {
        Group = KnownOptions.SubnetSection,
        Releases = ConfigRelease.FromStein,
        Effect = OptionEffect.Applied,
        Computed = ["UndercloudCtlplaneSubnets", "IronicInspectorSubnets", "ControlPlaneStaticRoutes"],
    };

    public static ConfigOption DnsNameservers { get; } = new("dns_nameservers", OptionTypes.ListOf(NetworkTypes.Address, most: 5),
        ListValue.Empty,
        "The subnet's DNS servers. Without any, its nodes get undercloud_nameservers.")
    {
        Group = KnownOptions.SubnetSection,
        Releases = ConfigRelease.FromTrain,
        Effect = OptionEffect.Applied,
        Computed = ["UndercloudCtlplaneSubnets"],
    };

    /// <summary>All of them, in the order of the sample file.</summary>
    public static ImmutableArray<ConfigOption> All { get; } =
    [
        Cidr, DhcpStart, DhcpEnd, DhcpExclude, InspectionIprange, Gateway, Masquerade, HostRoutes, DnsNameservers,
    ];

    /// <summary>The options of one section. Only the local subnet has defaults and may be set by pike's options in [DEFAULT].</summary>
    public static ImmutableArray<ConfigOption> Of(string section, bool isLocal) =>
        [.. All.Select(option => isLocal ? option with { Group = section } : Remote(option) with { Group = section })];

    // Queens' templates have only one range of one subnet.
    private static Value First(Value addresses) => addresses is ListValue { Items: [var first, ..] } ? first : Value.Null;

    private static ConfigOption Remote(ConfigOption option) => option with
    {
        FlatNames = [],
        Parameters = [],
        EmptyIsUnset = option.EmptyIsUnset || option.Default is StringValue,
        Default = option.Default is StringValue ? Value.Null : option.Default is ListValue ? ListValue.Empty : option.Default,
    };
}
