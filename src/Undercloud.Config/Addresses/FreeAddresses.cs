using System.Collections.Immutable;
using System.Net;

namespace Undercloud.Config;

/// <summary>Subtracts ranges of addresses from others.</summary>
public static class FreeAddresses
{
    /// <summary>
    /// The gaps, in order, none of which touch. The ranges are of one family; addresses of the other family are never in them,
    /// and an empty range has no effect.
    /// </summary>
    public static ImmutableArray<AddressRange> Of(IEnumerable<AddressRange> ranges, IEnumerable<AddressRange> taken)
    {
        var gaps = ImmutableArray.CreateBuilder<AddressRange>();
        var whole = Merged(ranges);
        var blocks = Merged(taken.Where(range => !whole.IsEmpty && range.IsIPv6 == whole[0].IsIPv6));
        var next = 0;
        foreach (var range in whole)
        {
            var rest = range;
            var isLeft = true;
            while (next < blocks.Length && blocks[next].Last < rest.First)
                next++;
            for (var i = next; isLeft && i < blocks.Length && blocks[i].First <= rest.Last; i++)
            {
                if (blocks[i].First > rest.First)
                    gaps.Add(rest with { Last = blocks[i].First - 1 });
                isLeft = blocks[i].Last < rest.Last;
                if (isLeft)
                    rest = rest with { First = blocks[i].Last + 1 };
            }

            if (isLeft)
                gaps.Add(rest);
        }

        return gaps.ToImmutable();
    }

    /// <summary>The lowest free addresses of a network's hosts, at most <paramref name="count"/>.</summary>
    public static ImmutableArray<IPAddress> Lowest(AddressWithPrefix network, IEnumerable<AddressRange> taken, int count)
    {
        var found = ImmutableArray.CreateBuilder<IPAddress>();
        foreach (var gap in OfHosts(network, taken))
        {
            for (var number = gap.First; found.Count < count; number++)
            {
                found.Add((gap with { First = number }).FirstAddress);
                if (number == gap.Last)
                    break;
            }
        }

        return found.ToImmutable();
    }

    /// <summary>
    /// A free range of a network's hosts: the one at <paramref name="offset"/> from the network's beginning if that is free, else the
    /// beginning of the largest gap; null when there are fewer than two free addresses.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="taken">The used ranges.</param>
    /// <param name="offset">The preferred beginning.</param>
    /// <param name="size">The preferred number of addresses.</param>
    /// <param name="leave">The number of free addresses to leave; for any, half of the largest gap is left.</param>
    public static AddressRange? Range(AddressWithPrefix network, IEnumerable<AddressRange> taken, int offset, int size, int leave = 0)
    {
        var gaps = OfHosts(network, taken);
        var wanted = network.Range with
        {
            First = network.Range.First + (UInt128)offset,
            Last = network.Range.First + (UInt128)(offset + size - 1),
        };
        if (gaps.IsEmpty)
            return null;
        // For a network of all IPv6 addresses this counts one less than there are.
        var left = gaps.Aggregate(UInt128.Zero, (sum, gap) => sum + (gap.Last - gap.First)) + (UInt128)gaps.Length;
        if (gaps.Any(gap => gap.Holds(wanted)) && left >= (UInt128)(size + leave))
            return wanted;
        var largest = gaps.MaxBy(gap => gap.Last - gap.First);
        var most = largest.Last - largest.First + 1;
        var count = UInt128.Min((UInt128)size, leave > 0 ? UInt128.Max(2, most / 2) : most);
        return count < 2 || most < count || left < count + (UInt128)leave ? null : largest with { Last = largest.First + count - 1 };
    }

    private static ImmutableArray<AddressRange> OfHosts(AddressWithPrefix network, IEnumerable<AddressRange> taken) =>
        Of([network.Hosts], taken);

    // In order, with overlapping or touching ranges merged.
    private static ImmutableArray<AddressRange> Merged(IEnumerable<AddressRange> ranges)
    {
        var merged = ImmutableArray.CreateBuilder<AddressRange>();
        foreach (var range in ranges.Where(range => !range.IsEmpty).OrderBy(range => range.First))
        {
            if (merged.Count > 0 && (merged[^1].Last == UInt128.MaxValue || range.First <= merged[^1].Last + 1))
                merged[^1] = merged[^1] with { Last = UInt128.Max(merged[^1].Last, range.Last) };
            else
                merged.Add(range);
        }

        return merged.ToImmutable();
    }
}
