using System.Collections.Immutable;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>Options of the host's name, the control plane's addresses and its networks.</summary>
public static class AddressOptions
{
    public static ConfigOption Hostname { get; } = new("undercloud_hostname", OptionTypes.FullyQualifiedName, Value.Null,
        "The host's fully qualified name, which the installation sets. Unset, the host keeps the name it has.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        Parameters = [HeatParameter.Own("UndercloudHostname")],
        EmptyIsUnset = true,
    };

    public static ConfigOption LocalIp { get; } = new("local_ip", OptionTypes.InterfaceAddress, "192.168.24.1/24",
        "The undercloud's address on the control plane, with the prefix length of its network.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        Parameters = [HeatParameter.Own("ControlPlaneIp", WithoutPrefix), HeatParameter.Own("ControlPlaneCidr")],
        Computed =
        [
            "UndercloudCtlplaneSubnets", "DockerInsecureRegistryAddress", "NovaIPv6", "RabbitIPv6", "MemcachedIPv6", "RedisIPv6",
            "MysqlIPv6", "IronicIpVersion",
        ],
    };

    public static ConfigOption PublicHost { get; } = new("undercloud_public_host", OptionTypes.Host, "192.168.24.2",
        "The address or DNS name of the public API endpoints. An address lies in the network of local_ip.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        DeprecatedNames = ["undercloud_public_vip"],
        Parameters = [new("CloudName")],
        Computed = ["UndercloudCtlplaneSubnets", "ExtraHostFileEntries"],
    };

    public static ConfigOption AdminHost { get; } = new("undercloud_admin_host", OptionTypes.Host, "192.168.24.3",
        "The address or DNS name of the internal and admin API endpoints. An address lies in the network of local_ip.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        DeprecatedNames = ["undercloud_admin_vip"],
        Parameters = [HeatParameter.Own("CloudNameCtlplane")],
        Computed = ["UndercloudCtlplaneSubnets", "DockerInsecureRegistryAddress"],
    };

    public static ConfigOption LocalInterface { get; } = new("local_interface", OptionTypes.Interface, "eth1",
        "The network interface that is attached to the control plane.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        Parameters = [new("NeutronPublicInterface"), HeatParameter.Own("ControlPlaneInterface")],
    };

    public static ConfigOption LocalMtu { get; } = new("local_mtu", OptionTypes.Integer(1000, 65536), 1500,
        "The MTU of local_interface and of the control plane's network.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        Parameters =
        [
            new("UndercloudLocalMtu") { Releases = ConfigRelease.FromRocky },
            new("NeutronGlobalPhysnetMtu") { Releases = ConfigRelease.Queens },
            HeatParameter.Own("ControlPlaneMtu"),
        ],
        Computed = ["IronicInspectorSubnets"],
    };

    public static ConfigOption Nameservers { get; } = new("undercloud_nameservers", OptionTypes.ListOf(NetworkTypes.Address, most: 5),
        ListValue.Empty,
        "The DNS servers of the undercloud, and of the nodes in every subnet that names none of its own; five at most.")
    {
        Effect = OptionEffect.Applied,
        Releases = ConfigRelease.All,
        Parameters = [HeatParameter.Own("DnsServers")],
        Computed = ["UndercloudCtlplaneSubnets", "UndercloudNameserver"],
    };

    public static ConfigOption NtpServers { get; } = new("undercloud_ntp_servers", OptionTypes.ListOf(OptionTypes.Host),
        new ListValue(["0.pool.ntp.org", "1.pool.ntp.org", "2.pool.ntp.org", "3.pool.ntp.org"]),
        "The time servers the undercloud asks.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        FormerDefaults =
        [
            new(ConfigRelease.Instack | ConfigRelease.Queens, ListValue.Empty), new(ConfigRelease.Rocky, new ListValue(["pool.ntp.org"])),
        ],
        Parameters = [HeatParameter.UnlessEmpty("NtpServer")],
    };

    public static ConfigOption OvercloudDomainName { get; } = new("overcloud_domain_name", OptionTypes.Domain, "localdomain",
        "The DNS domain of the nodes that the undercloud deploys. The overcloud's parameter CloudDomain has to say the same.")
    {
        Releases = ConfigRelease.All,
        Effect = OptionEffect.Applied,
        Parameters = [new("NeutronDnsDomain")],
        Computed = ["LocalContainerRegistry", "DockerInsecureRegistryAddress"],
    };

    public static ConfigOption Subnets { get; } = new("subnets", OptionTypes.ListOf(OptionTypes.SectionName, most: 256),
        new ListValue(["ctlplane-subnet"]),
        "The networks that nodes are inspected and provisioned in. Each name is also the name of a section with that subnet's options.")
    {
        Releases = ConfigRelease.InstackQueens | ConfigRelease.FromRocky,
        Effect = OptionEffect.Applied,
        Computed =
        [
            "UndercloudCtlplaneSubnets", "IronicInspectorSubnets", "ControlPlaneStaticRoutes", "MasqueradeNetworks",
            "ChronyAclRules",
        ],
    };

    public static ConfigOption LocalSubnet { get; } = new("local_subnet", OptionTypes.SectionName, "ctlplane-subnet",
        "Which of subnets local_ip is in.")
    {
        Releases = ConfigRelease.InstackQueens | ConfigRelease.FromRocky,
        Effect = OptionEffect.Applied,
        Parameters = [new("UndercloudCtlplaneLocalSubnet") { Releases = ConfigRelease.FromRocky }],
    };

    public static ConfigOption EnableRoutedNetworks { get; } = new("enable_routed_networks", OptionTypes.Boolean, false,
        "Whether the control plane is several networks with routers between them. More than one name in subnets needs it.")
    {
        Releases = ConfigRelease.InstackQueens | ConfigRelease.FromRocky,
        Effect = OptionEffect.Applied,
        Parameters = [new("UndercloudEnableRoutedNetworks") { Releases = ConfigRelease.FromRocky }],
    };

    public static ConfigOption Ipv6AddressMode { get; } = new("ipv6_address_mode", OptionTypes.OneOf("dhcpv6-stateless", "dhcpv6-stateful"),
        "dhcpv6-stateless",
        "How nodes get their IPv6 addresses on the control plane: from router advertisements, or from DHCPv6.")
    {
        Releases = ConfigRelease.FromTrain,
        Effect = OptionEffect.Applied,
        Parameters = [new("UndercloudCtlplaneIPv6AddressMode") { Releases = ConfigRelease.FromTrain }],
        Computed = ["IronicInspectorSubnets"],
    };

    public static ConfigOption MasqueradeNetwork { get; } = new("masquerade_network", NetworkTypes.Network, Value.Null,
        "The network whose nodes reach the outside through the undercloud's own address: the cidr of a subnet.")
    {
        Effect = OptionEffect.Applied,
        EmptyIsUnset = true,
        FormerDefaults = [new(ConfigRelease.Instack | ConfigRelease.Queens, "192.168.24.0/24")],
        Releases = ConfigRelease.Instack | ConfigRelease.Queens,
        ReplacedBy = "masquerade = true in the section of the subnet",
        Note = "With instack-undercloud, the nodes of 192.168.24.0/24 reached the outside through the undercloud when nothing was set. "
            + "They do so no longer without masquerade = true.",
        Computed = ["MasqueradeNetworks"],
    };

    public static ConfigOption NetConfigOverride { get; } = new("net_config_override", OptionTypes.Path, Value.Null,
        "A template of the host's network configuration as os-net-config has it, JSON or YAML, used in place of the usual one. It may hold the tags "
            + "LOCAL_INTERFACE, LOCAL_IP, LOCAL_MTU, PUBLIC_INTERFACE_IP, UNDERCLOUD_NAMESERVERS and SUBNETS_STATIC_ROUTES. An empty file leaves the network alone.")
    {
        Effect = OptionEffect.Applied,
        Releases = ConfigRelease.All,
        Computed = ["UndercloudNetConfigOverride"],
        EmptyIsUnset = true,
        RelativeToHome = true,
    };

    /// <summary>All of them, in the order of the sample file.</summary>
    public static ImmutableArray<ConfigOption> All { get; } =
    [
        Hostname, LocalIp, PublicHost, AdminHost, LocalInterface, LocalMtu, Nameservers, NtpServers, OvercloudDomainName, Subnets,
        LocalSubnet, EnableRoutedNetworks, Ipv6AddressMode, MasqueradeNetwork, NetConfigOverride,
    ];

    private static Value WithoutPrefix(Value cidr) => ((StringValue)cidr).Text.Split('/')[0];
}
