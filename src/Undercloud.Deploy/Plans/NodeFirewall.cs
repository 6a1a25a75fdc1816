using System.Collections.Immutable;
using Undercloud.Config;
using Undercloud.Deploy.Firewall;
using Undercloud.Deploy.Manifests;
using Undercloud.Deploy.Reading;
using Undercloud.Deploy.Services;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Deploy.Plans;

/// <summary>The node's firewall: one service defines the table, all services define its rules.</summary>
internal static class NodeFirewall
{
    /// <summary>The file with the rules of all services, if it is the table's file.</summary>
    public static ConfigFile Filled(ConfigFile file, ImmutableArray<ServiceData> services, ImmutableArray<PeerNode> peers, DiagnosticBag diagnostics)
    {
        if (file.Format != ConfigFormat.Firewall)
            return file;
        var table = new ValueCursor(file.Content, file.Path, new(diagnostics, "PLAN001"));
        return file with
        {
            Format = ConfigFormat.Text,
            Content = new FirewallTable
            {
                Filters = table["filters"].Flag(true),
                Closed = table["closed_interfaces"].IsNull ? null : Closed([.. table["closed_interfaces"].Items().Select(name => name.Interface())], services),
                Ports = [.. services.SelectMany(s => s.Bridges).SelectMany(PortsOf).Where(IsName).Distinct().Order(StringComparer.Ordinal)],
                Rules = Rules(services, FirewallRuleReader.Read(table["rules"])),
                Reserved = [.. peers.SelectMany(peer => peer.Services.SelectMany(s => s.FirewallRules).Where(rule => rule is { Users: not null, Sources.IsEmpty: false }).Select(rule => (peer.Address, rule)))],
                Masqueraded = Masqueraded(table["masquerade"]),
            }.Write(),
        };
    }

    /// <summary>Where the table's file is on the node; null when no service has one.</summary>
    public static FirewallEntry? Of(ImmutableArray<ServiceData> services) =>
        services.SelectMany(s => s.Files).FirstOrDefault(file => file.Format == ConfigFormat.Firewall) is { } file ? new(NodeFiles.PathOnNode(file)) : null;

    // The kernel sees packets to its bridges and bonds as packets of the bridge or bond.
    private static IEnumerable<string> PortsOf(BridgeEntry bridge) => bridge.Kind is null ? [.. bridge.Ports, .. bridge.Bonds.SelectMany(bond => bond.Members)] : [];

    // An interface is closed by its own name and by the name of its bridge.
    private static ImmutableArray<string> Closed(ImmutableArray<string> names, ImmutableArray<ServiceData> services) =>
    [
        .. names.Concat(services.SelectMany(s => s.Bridges).Where(bridge => bridge.Ports.Any(names.Contains)).Select(bridge => bridge.Name))
            .Where(IsName).Distinct().Order(StringComparer.Ordinal),
    ];

    // The others already have a finding.
    private static bool IsName(string name) => HostName.ProblemOfInterface(name) is null;

    // The operator's rule replaces a service's rule of the same name.
    private static ImmutableArray<FirewallRule> Rules(ImmutableArray<ServiceData> services, ImmutableArray<FirewallRule> own) =>
        [.. own.Concat(services.SelectMany(s => s.FirewallRules)).DistinctBy(rule => rule.Name)];

    private static ImmutableArray<(string, ImmutableArray<string>)> Masqueraded(ValueCursor networks)
    {
        var all = ImmutableArray.CreateBuilder<(string, ImmutableArray<string>)>();
        foreach (var (text, except) in networks.Entries())
        {
            if (Networks.Canonical(text) is not { } network)
                except.Fail("is no network", "Give networks, each with a list of those it keeps its own addresses for.");
            else
                all.Add((network, [.. except.Texts().Select(other => Networks.Canonical(other)).OfType<string>()]));
        }

        return all.ToImmutable();
    }
}
