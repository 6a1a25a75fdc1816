using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;

namespace Undercloud.Deploy.HostNetwork;

/// <summary>The order in which links are made: what one is on, or has as a port, comes before it.</summary>
public static class LinkOrder
{
    /// <summary>The bridges and VLANs of a network, each a <see cref="BridgeEntry"/> or a <see cref="VlanEntry"/>; those in a circle come last.</summary>
    public static ImmutableArray<object> Of(NetworkManifest network)
    {
        var left = network.Bridges.Select(bridge => (Names(bridge), Needs: (IEnumerable<string>)[.. bridge.Ports, .. bridge.Bonds.SelectMany(bond => bond.Members)], Entry: (object)bridge))
            .Concat(network.Vlans.Select(vlan => (Names: (string[])[vlan.Name], Needs: (IEnumerable<string>)[vlan.Device], Entry: (object)vlan))).ToList();
        var order = ImmutableArray.CreateBuilder<object>();
        while (left.Count > 0)
        {
            var next = left.FindIndex(one => !one.Needs.Any(need => left.Any(other => other.Entry != one.Entry && other.Item1.Contains(need))));
            order.Add(left[Math.Max(0, next)].Entry);
            left.RemoveAt(Math.Max(0, next));
        }

        return order.ToImmutable();
    }

    private static string[] Names(BridgeEntry bridge) => [bridge.Name, .. bridge.Vlans.Select(vlan => vlan.Name)];
}
