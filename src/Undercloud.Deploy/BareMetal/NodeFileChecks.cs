using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.BareMetal;

/// <summary>Checks that values which must be unique in a file of nodes are unique.</summary>
internal static class NodeFileChecks
{
    public static void Unique(IReadOnlyCollection<WantedNode> nodes, DiagnosticBag diagnostics)
    {
        Unique(
            nodes.SelectMany(node => node.Ports.Select(port => (port.Address, port.Place, node))),
            "The MAC address", "Each port belongs to one node: take one of them out.", diagnostics);
        Unique(
            nodes.Where(node => node.Controller is not null).Select(node => (node.Controller!, node.PlaceOf("pm_addr"), node)),
            "The controller", "Two nodes behind one address need a pm_port or pm_system_id of their own.", diagnostics);
        Unique(nodes.Where(node => node.Name is not null).Select(node => (node.Name!, node.PlaceOf("name"), node)), "The name", "Give one of them another.", diagnostics);
        Unique(nodes.Where(node => node.Uuid is not null).Select(node => (node.Uuid!, node.PlaceOf("uuid"), node)), "The uuid", "Take one of them out.", diagnostics);
    }

    private static void Unique(IEnumerable<(string Id, SourceSpan Place, WantedNode Node)> all, string what, string remedy, DiagnosticBag diagnostics)
    {
        var seen = new Dictionary<string, (SourceSpan Place, WantedNode Node)>(StringComparer.Ordinal);
        foreach (var (id, place, node) in all)
        {
            if (seen.TryAdd(id, (place, node)))
                continue;
            var (firstPlace, first) = seen[id];
            var whose = first == node ? "this very node" : first.Label == id ? $"node {first.Number}" : first.Label;
            diagnostics.Error(place, NodeCodes.Twice, $"{what} {id} is that of {whose} too (line {firstPlace.Line}).", remedy);
        }
    }
}
