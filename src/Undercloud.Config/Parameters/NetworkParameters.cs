using System.Collections.Immutable;
using System.Net;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The parameters of the control plane's subnets, as tripleo-heat-templates have had them since rocky.</summary>
internal static class NetworkParameters
{
    /// <summary>The parameters that depend on all subnets.</summary>
    public static IEnumerable<KeyValuePair<string, Value>> Of(UndercloudConfig config, Surroundings surroundings)
    {
        var subnets = config.Subnets;
        yield return new("UndercloudCtlplaneSubnets", new MapValue(
            subnets.Select(subnet => KeyValuePair.Create(subnet.Name, Subnet(subnet, config, surroundings)))));
        yield return new("IronicInspectorSubnets", List(subnets.Select(subnet => Inspection(subnet, config))));
        yield return new("ControlPlaneStaticRoutes", StaticRoutes(config));
        yield return new("MasqueradeNetworks", Masquerade(subnets));
        yield return new("ChronyAclRules", List(subnets.Select(subnet => (Value)$"allow {subnet.Cidr}")));
        if (!config.LocalIp.IsIPv6)
            yield break;
        foreach (var service in (string[])["NovaIPv6", "RabbitIPv6", "MemcachedIPv6", "RedisIPv6", "MysqlIPv6"])
            yield return new(service, true);
        yield return new("IronicIpVersion", "6");
    }

    /// <summary>The undercloud's own routes: to the other subnets through the local one's router, and the local one's host_routes.</summary>
    public static ListValue StaticRoutes(UndercloudConfig config)
    {
        var subnets = config.Subnets;
        return subnets.FirstOrDefault(subnet => subnet.IsLocal) is not { } local ? ListValue.Empty : List(
        [
            .. subnets.Where(subnet => !subnet.IsLocal).Select(subnet => Route(subnet.Cidr, local.Gateway)),
            .. local.HostRoutes.Items.Cast<MapValue>().Select(route => Route(route["destination"]!, route["nexthop"]!)),
        ]);
    }

    private static Value Subnet(Subnet subnet, UndercloudConfig config, Surroundings surroundings)
    {
        ImmutableArray<IPAddress> taken =
        [
            config.LocalIp.Address,
            .. new[] { config.AdminHost, config.PublicHost }
                .Select(host => surroundings.AddressOf(host, subnet.Network.IsIPv6)).OfType<IPAddress>(),
        ];
        return new MapValue(
        [
            new("AllocationPools", AllocationPools.Of(subnet, taken)),
            new("DnsNameServers", subnet.DnsNameservers.Items.IsEmpty ? config[AddressOptions.Nameservers].Value : subnet.DnsNameservers),
            new("NetworkCidr", subnet.Cidr),
            new("NetworkGateway", subnet.Gateway),
            new("HostRoutes", subnet.HostRoutes),
        ]);
    }

    private static Value Inspection(Subnet subnet, UndercloudConfig config) => new MapValue(
    [
        new("tag", subnet.Name),
        new("ip_range", InspectionRange(subnet, config)),
        new("netmask", $"{subnet.Network.Mask}"),
        new("gateway", subnet.Gateway),
        new("host_routes", subnet.HostRoutes),
        new("mtu", config.LocalMtu),
    ]);

    // dnsmasq(8): a static range without addresses answers only requests for information, as nodes send them that have generated
    // their own addresses.
    private static Value InspectionRange(Subnet subnet, UndercloudConfig config) =>
        subnet.Network.IsIPv6 && config.TextOrNull(AddressOptions.Ipv6AddressMode) == "dhcpv6-stateless" ? $"{subnet.Network.Address},static"
        : subnet.InspectionRange is { } range ? range
        : Value.Null;

    private static MapValue Route(Value destination, Value hop) => new([new("ip_netmask", destination), new("next_hop", hop)]);

    private static MapValue Masquerade(ImmutableArray<Subnet> subnets)
    {
        var all = List(subnets.Select(subnet => (Value)subnet.Cidr));
        return new(subnets.Where(subnet => subnet.Masquerade).Select(subnet => KeyValuePair.Create(subnet.Cidr, (Value)all)));
    }

    private static ListValue List(IEnumerable<Value> items) => new([.. items]);
}
