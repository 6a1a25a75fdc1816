using System.Text.Json.Nodes;
using Undercloud.Deploy.Manifests;
using Undercloud.Host.OpenStack;

namespace Undercloud.Host.Agent.Cloud;

/// <summary>One field of a subnet: as text to compare and to show, and as Neutron takes it.</summary>
internal sealed record SubnetField(string Name, string Text, string Found, Func<JsonNode?> Value);

/// <summary>What a subnet's section says, in Neutron's fields.</summary>
internal static class SubnetFields
{
    /// <summary>The fields that can be changed in place, all that are ours to say.</summary>
    /// <param name="wanted">What is wanted.</param>
    /// <param name="found">The subnet as it is; null for one that is to be made.</param>
    /// <param name="others">The networks of the other subnets of its network.</param>
    public static IEnumerable<SubnetField> Of(CloudSubnet wanted, JsonObject? found, IReadOnlyCollection<string> others)
    {
        string Found(string name) => found?[name]?.ToString() ?? "";
        yield return new("name", wanted.Name, Found("name"), () => wanted.Name);
        yield return new("enable_dhcp", "true", Found("enable_dhcp"), () => true);
        yield return new("gateway_ip", NeutronText.Address(wanted.Gateway ?? ""), NeutronText.Address(Found("gateway_ip")), () => wanted.Gateway);
        yield return new("dns_nameservers", NeutronText.Servers(wanted.DnsNameservers), NeutronText.Servers(NeutronText.Servers(found?["dns_nameservers"])),
            () => new JsonArray([.. wanted.DnsNameservers.Select(server => (JsonNode)server)]));
        yield return new("host_routes", NeutronText.Routes(wanted.HostRoutes), NeutronText.Routes(OwnRoutes(wanted, found, others)),
            () => new JsonArray([.. wanted.HostRoutes.Select(Route)]));

        // Without pools, Neutron's own choice is as good as any.
        if (wanted.AllocationPools.Count > 0)
        {
            yield return new("allocation_pools", NeutronText.Pools(wanted.AllocationPools), NeutronText.Pools(NeutronText.Pools(found?["allocation_pools"])),
                () => new JsonArray([.. wanted.AllocationPools.Select(Pool)]));
        }
    }

    /// <summary>All fields of a subnet that is to be made.</summary>
    public static JsonObject New(CloudSubnet wanted, string networkId, string? segmentId)
    {
        var fields = new JsonObject { ["network_id"] = networkId, ["cidr"] = wanted.Cidr, ["ip_version"] = wanted.Ipv6AddressMode is null ? 4 : 6 };
        foreach (var field in Of(wanted, null, []))
            fields[field.Name] = field.Value();
        if (wanted.Ipv6AddressMode is { } mode)
        {
            fields["ipv6_address_mode"] = mode;
            fields["ipv6_ra_mode"] = mode;
        }

        if (segmentId is not null)
            fields["segment_id"] = segmentId;
        return fields;
    }

    // neutron/services/segments/plugin.py: a subnet on a segment has routes to the others, by Neutron's own doing and whatever it is told.
    private static IEnumerable<HostRoute> OwnRoutes(CloudSubnet wanted, JsonObject? found, IReadOnlyCollection<string> others)
    {
        var routes = NeutronText.Routes(found?["host_routes"]);
        if (found?["segment_id"] is null)
            return routes;
        var meant = wanted.HostRoutes.Select(route => NeutronText.Network(route.Destination)).ToHashSet();
        return routes.Where(route => NeutronText.Network(route.Destination) is var to && (meant.Contains(to) || !others.Contains(to)));
    }

    private static JsonNode Route(HostRoute route) => new JsonObject { ["destination"] = route.Destination, ["nexthop"] = route.Nexthop };

    private static JsonNode Pool(AddressPool pool) => new JsonObject { ["start"] = pool.Start, ["end"] = pool.End };
}
