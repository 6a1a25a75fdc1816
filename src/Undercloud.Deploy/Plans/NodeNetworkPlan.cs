using System.Collections.Immutable;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Services;

namespace Undercloud.Deploy.Plans;

/// <summary>The combined bridges and addresses of all services of a node.</summary>
internal static class NodeNetworkPlan
{
    /// <summary>
    /// An interface that is a port of a bridge cannot carry addresses: addresses that another service puts on it move to the bridge. So one
    /// template defines the control plane's address, and another one may put a bridge under it.
    /// </summary>
    public static NetworkManifest Of(ImmutableArray<ServiceData> services)
    {
        ImmutableArray<BridgeEntry> bridges = [.. services.SelectMany(s => s.Bridges)];
        var named = services.SelectMany(s => s.Interfaces).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        var elsewhere = services.SelectMany(s => s.VirtualAddresses).ToHashSet(StringComparer.Ordinal);
        return new()
        {
            Bridges = bridges,
            Vlans = [.. services.SelectMany(s => s.Vlans)],
            Nameservers = services.Select(s => s.Nameservers).FirstOrDefault(list => !list.IsEmpty, []),
            Consented = services.Select(s => s.ConsentedInterface).FirstOrDefault(name => !string.IsNullOrEmpty(name)),
            KernelSettings = new SortedDictionary<string, string>(Settings(services), StringComparer.Ordinal),
            Interfaces = [.. services.SelectMany(s => s.Interfaces).Select(entry => Without(entry, elsewhere)).SelectMany(entry => Placed(entry, bridges, named))],
        };
    }

    /// <summary>The network that a reboot of the host would lose without a file.</summary>
    public static IEnumerable<FileEntry> Files(ImmutableArray<ServiceData> services)
    {
        var settings = Settings(services).OrderBy(setting => setting.Key, StringComparer.Ordinal).ToList();
        return settings.Count == 0 ? [] : [new("/etc/sysctl.d/60-undercloud.conf", 0, 0, "0644", string.Concat(settings.Select(setting => $"{setting.Key} = {setting.Value}\n")))];
    }

    private static Dictionary<string, string> Settings(ImmutableArray<ServiceData> services) =>
        services.SelectMany(s => s.KernelSettings).DistinctBy(setting => setting.Key).ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal);

    private static InterfaceEntry Without(InterfaceEntry entry, HashSet<string> addresses) =>
        addresses.Count == 0 ? entry : entry with { Addresses = [.. entry.Addresses.Where(address => !addresses.Contains(address))] };

    // A bridge with an entry of its own needs nothing more.
    private static IEnumerable<InterfaceEntry> Placed(InterfaceEntry entry, ImmutableArray<BridgeEntry> bridges, HashSet<string> named)
    {
        if (bridges.FirstOrDefault(bridge => bridge.Ports.Contains(entry.Name)) is not { } over || named.Contains(over.Name))
            return [entry];
        return [entry with { Addresses = [], Routes = [] }, entry with { Name = over.Name }];
    }
}
