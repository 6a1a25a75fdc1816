using System.Collections.Immutable;
using System.Net;

namespace Undercloud.Config;

/// <summary>Networks to suggest: private ones (RFC 1918, RFC 4193) that overlap no other.</summary>
internal static class FreeNetworks
{
    private static readonly ImmutableArray<AddressRange> s_private =
    [
        Block("192.168.0.0", "192.168.255.255"), Block("172.16.0.0", "172.31.255.255"), Block("10.0.0.0", "10.255.255.255"),
        Block("fd00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ];

    /// <summary>
    /// A private network of the same size as another one, e.g. 10.0.1.0/24: the next after it where that is private, else the first free one;
    /// null when there is none.
    /// </summary>
    /// <param name="network">The network to replace.</param>
    /// <param name="taken">The networks that it must not overlap.</param>
    public static AddressWithPrefix? Like(AddressWithPrefix network, IReadOnlyCollection<AddressRange> taken)
    {
        var blocks = s_private.Where(block => block.IsIPv6 == network.IsIPv6).OrderByDescending(block => block.Holds(network.Range));
        foreach (var block in blocks)
        {
            var begin = block.Holds(network.Range) ? network.Range.First : block.First;
            if ((First(block, begin, network, taken) ?? First(block, block.First, network, taken)) is { } free)
                return AddressWithPrefix.TryParse($"{free.FirstAddress}/{network.PrefixLength}", out var found) ? found : null;
        }

        return null;
    }

    // Each step skips one of the used networks, so their number bounds the steps.
    private static AddressRange? First(AddressRange block, UInt128 begin, AddressWithPrefix network, IReadOnlyCollection<AddressRange> taken)
    {
        var less = network.Range.Last - network.Range.First;
        var first = begin;
        while (block.Last - first >= less)
        {
            var free = block with { First = first, Last = first + less };
            ImmutableArray<AddressRange> overlaps = [.. taken.Where(free.Overlaps)];
            if (overlaps.IsEmpty)
                return free;

            // Networks begin at multiples of their size.
            var last = UInt128.Max(overlaps.Max(range => range.Last), free.Last);
            if (last >= block.Last)
                return null;
            first = (last | less) + 1;
            if (first > block.Last)
                return null;
        }

        return null;
    }

    private static AddressRange Block(string first, string last) => AddressRange.Of(IPAddress.Parse(first), IPAddress.Parse(last));
}
