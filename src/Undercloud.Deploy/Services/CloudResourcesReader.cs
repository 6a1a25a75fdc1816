using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Reading;

namespace Undercloud.Deploy.Services;

/// <summary>Reads <c>cloud_resources</c> of a service's role data.</summary>
internal static class CloudResourcesReader
{
    private static readonly string[] s_kinds = ["networks", "flavors", "key_pairs", "quotas"];

    public static CloudResources Read(ValueCursor resources)
    {
        resources.OnlyKeys(s_kinds, "cloud_resources");
        return new()
        {
            Networks = [.. resources["networks"].Entries().Select(Network)],
            Flavors = [.. resources["flavors"].Entries().Select(Flavor)],
            KeyPairs = [.. resources["key_pairs"].Entries().Select(pair => new CloudKeyPair(pair.Key, pair.Item["key_file"].Text()))],
            Quotas = [.. resources["quotas"].Entries().SelectMany(Quotas)],
        };
    }

    private static CloudNetwork Network((string Key, ValueCursor Item) entry)
    {
        var (name, network) = entry;
        var local = network["local_subnet"].OptionalText();
        var routed = network["routed"].Flag(false);
        var subnets = network["subnets"].Entries().ToImmutableArray();
        if (local is not null && !subnets.IsEmpty && !subnets.Any(subnet => subnet.Key == local))
            network["local_subnet"].Fail($"is {local}, which is none of its subnets", $"It is one of: {string.Join(", ", subnets.Select(subnet => subnet.Key))}.");

        // Without routing, only the undercloud's own subnet exists.
        return new(name, network["physical_network"].Text(), Number(network["mtu"]))
        {
            Routed = routed,
            Subnets =
            [
                .. subnets.Where(subnet => subnet.Key == local).Select(subnet => Subnet(subnet, network, local: true)),
                .. subnets.Where(subnet => routed && subnet.Key != local).Select(subnet => Subnet(subnet, network, local: false)),
            ],
        };
    }

    // The keys are those of the parameter UndercloudCtlplaneSubnets.
    private static CloudSubnet Subnet((string Key, ValueCursor Item) entry, ValueCursor network, bool local)
    {
        var (name, subnet) = entry;
        if (!AddressWithPrefix.TryParse(subnet["NetworkCidr"].Text(), out var cidr))
        {
            subnet["NetworkCidr"].Fail("is no network", "Give it address/length, e.g. 192.168.24.0/24.");
            return new(name, "", null);
        }

        var gateway = subnet["NetworkGateway"].OptionalText();
        return new(name, cidr.Network, string.IsNullOrEmpty(gateway) ? null : gateway)
        {
            Local = local,
            Ipv6AddressMode = cidr.IsIPv6 ? network["ipv6_address_mode"].OptionalText() ?? "dhcpv6-stateless" : null,
            AllocationPools = [.. subnet["AllocationPools"].Items().Select(pool => new AddressPool(pool["start"].Text(), pool["end"].Text()))],
            HostRoutes = [.. subnet["HostRoutes"].Items().Select(route => new HostRoute(route["destination"].Text(), route["nexthop"].Text()))],

            // Neutron takes only name servers of the subnet's own address family.
            DnsNameservers = [.. subnet["DnsNameServers"].Texts().Where(server => server.Contains(':') == cidr.IsIPv6)],
        };
    }

    private static CloudFlavor Flavor((string Key, ValueCursor Item) entry) =>
        new(entry.Key, Number(entry.Item["ram"]), Number(entry.Item["vcpus"]), Number(entry.Item["disk"]))
        {
            ExtraSpecs = Texts(entry.Item["extra_specs"]),
            ObsoleteExtraSpecs = Texts(entry.Item["obsolete_extra_specs"]),
        };

    private static IEnumerable<CloudQuota> Quotas((string Key, ValueCursor Item) entry)
    {
        if (entry.Key is not ("network" or "compute"))
            entry.Item.Fail("is no service with quotas", "Quotas are those of network and compute.");
        return entry.Item.Entries().Select(quota => new CloudQuota(entry.Key, quota.Key, Number(quota.Item, least: -1)));
    }

    private static SortedDictionary<string, string> Texts(ValueCursor map) =>
        new(map.Entries().ToDictionary(entry => entry.Key, entry => entry.Item.Text()), StringComparer.Ordinal);

    private static int Number(ValueCursor number, int least = 0)
    {
        if (number.IsNull)
            number.Missing("Give it a whole number.");
        return (int)(number.Whole(least, int.MaxValue) ?? 0);
    }
}
