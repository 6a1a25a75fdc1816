using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Deploy.HostNetwork;

/// <summary>The order in which links are created: a link comes after its ports and the links that it is on.</summary>
public static class LinkOrder
{
    /// <summary>The bridges and VLANs of a network, each a <see cref="BridgeEntry"/> or a <see cref="VlanEntry"/>; those in a cycle come last.</summary>
    public static ImmutableArray<object> Of(NetworkManifest network)
    {
        var left = Links(network).ToList();
        var order = ImmutableArray.CreateBuilder<object>();
        while (left.Count > 0)
        {
            var next = left.FindIndex(one => !one.Needs.Any(need => left.Any(other => other.Entry != one.Entry && other.Names.Contains(need))));
            order.Add(left[Math.Max(0, next)].Entry);
            left.RemoveAt(Math.Max(0, next));
        }

        return order.ToImmutable();
    }

    /// <summary>Cycles of links, by their names: none of these links can be created first. Each link is in one cycle at most.</summary>
    public static ImmutableArray<ImmutableArray<string>> Circles(NetworkManifest network)
    {
        var links = Links(network).ToList();
        var circles = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        foreach (var link in links)
        {
            if (!circles.Any(other => other.Intersect(link.Names).Any()) && WayBack(link, [], links, link.Names) is { IsEmpty: false } circle)
                circles.Add(circle);
        }

        return circles.ToImmutable();
    }

    // A path of dependencies from a link to one of the names; empty when there is none.
    private static ImmutableArray<string> WayBack(Link from, HashSet<object> seen, IReadOnlyList<Link> links, string[] names)
    {
        foreach (var next in from.Needs.Any(need => names.Contains(need)) ? [] : links.Where(link => from.Needs.Any(need => link.Names.Contains(need)) && seen.Add(link.Entry)))
        {
            if (WayBack(next, seen, links, names) is { IsEmpty: false } rest)
                return [from.Names[0], .. rest];
        }

        return from.Needs.Any(need => names.Contains(need)) ? [from.Names[0]] : [];
    }

    private static IEnumerable<Link> Links(NetworkManifest network) =>
    [
        .. network.Bridges.Select(bridge => new Link(Names(bridge), [.. bridge.Ports, .. bridge.Bonds.SelectMany(bond => bond.Members)], bridge)),
        .. network.Vlans.Select(vlan => new Link([vlan.Name], [vlan.Device], vlan)),
    ];

    private static string[] Names(BridgeEntry bridge) => [bridge.Name, .. bridge.Vlans.Select(vlan => vlan.Name)];

    private sealed record Link(string[] Names, string[] Needs, object Entry);
}
