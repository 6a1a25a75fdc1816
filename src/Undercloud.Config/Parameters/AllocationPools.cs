using System.Collections.Immutable;
using System.Net;
using Undercloud.Heat.Values;

namespace Undercloud.Config;

/// <summary>The address ranges from which DHCP serves a subnet's nodes.</summary>
public static class AllocationPools
{
    /// <summary>
    /// The ranges of DHCP, or the whole network where they are not set, without the used addresses: the network's own and
    /// the last one, the gateway, <paramref name="taken"/>, DNS servers, the range for inspection and the excluded ones.
    /// </summary>
    public static ListValue Of(Subnet subnet, ImmutableArray<IPAddress> taken)
    {
        var used = Ends(subnet.Network).Concat(Addresses([subnet.Gateway])).Concat(taken.Select(AddressRange.Of))
            .Concat(Addresses(subnet.DnsNameservers.Items.Select(item => ((StringValue)item).Text)))
            .Concat(subnet.InspectionRange is { } inspection ? [Range(inspection, ',')] : [])
            .Concat(subnet.DhcpExclude.Select(excluded => Range(excluded, '-')));
        return new([.. FreeAddresses.Of(Offered(subnet), used).Select(range => (Value)new MapValue(
            [new("start", range.FirstAddress.ToString()), new("end", range.LastAddress.ToString())]))]);
    }

    // A first address without a last one, or the reverse, bounds the network on that side; of several only the first counts.
    private static IEnumerable<AddressRange> Offered(Subnet subnet)
    {
        var (starts, ends) = HasDefaults(subnet) ? ([], []) : (subnet.DhcpStart, subnet.DhcpEnd);
        if (!starts.IsEmpty && !ends.IsEmpty)
            return starts.Zip(ends, Range);
        var network = subnet.Network.Range;
        var start = starts.IsEmpty ? network.First : UInt128.Max(network.First, AddressRange.ToNumber(Address(starts[0])));
        var end = ends.IsEmpty ? network.Last : UInt128.Min(network.Last, AddressRange.ToNumber(Address(ends[0])));
        return [network with { First = start, Last = end }];
    }

    // The default ranges belong to the default network; another network is used as a whole.
    private static bool HasDefaults(Subnet subnet) =>
        subnet.Cidr != ((StringValue)SubnetOptions.Cidr.Default).Text
        && subnet.DhcpStart.SequenceEqual(Texts(SubnetOptions.DhcpStart)) && subnet.DhcpEnd.SequenceEqual(Texts(SubnetOptions.DhcpEnd));

    private static IEnumerable<string> Texts(ConfigOption option) => ((ListValue)option.Default).Items.Select(item => ((StringValue)item).Text);

    private static IEnumerable<AddressRange> Ends(AddressWithPrefix network) =>
        [network.Range with { Last = network.Range.First }, network.Range with { First = network.Range.Last }];

    private static IEnumerable<AddressRange> Addresses(IEnumerable<string> texts) => texts.Select(text => AddressRange.Of(Address(text)));

    private static AddressRange Range(string text, char separator)
    {
        var parts = text.Split(separator);
        return Range(parts[0], parts[^1]);
    }

    private static AddressRange Range(string first, string last) => AddressRange.Of(Address(first), Address(last));

    private static IPAddress Address(string text) => IPAddress.Parse(text);
}
