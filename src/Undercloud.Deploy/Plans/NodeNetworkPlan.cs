using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Services;

namespace Undercloud.Deploy.Plans;

/// <summary>The bridges and addresses that the services of a node ask for together.</summary>
internal static class NodeNetworkPlan
{
    /// <summary>
    /// An interface that a service makes a bridge's port cannot carry addresses any more: those that another service wants on it go to the
    /// bridge. So one template says which address the control plane has, and another one may put a bridge under it.
    /// </summary>
    public static NetworkManifest Of(ImmutableArray<ServiceData> services)
    {
        ImmutableArray<BridgeEntry> bridges = [.. services.SelectMany(s => s.Bridges)];
        return new()
        {
            Bridges = bridges,
            Interfaces = [.. services.SelectMany(s => s.Interfaces).SelectMany(entry => Placed(entry, bridges))],
        };
    }

    private static IEnumerable<InterfaceEntry> Placed(InterfaceEntry entry, ImmutableArray<BridgeEntry> bridges)
    {
        if (bridges.FirstOrDefault(bridge => bridge.Ports.Contains(entry.Name)) is not { } over)
            return [entry];
        return [entry with { Addresses = [] }, entry with { Name = over.Name }];
    }
}
