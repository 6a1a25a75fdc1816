using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.BareMetal;

/// <summary>Finds a file's node among Ironic's: by uuid, port and controller as tripleo-common does, and by name.</summary>
internal sealed class NodeMatches
{
    private readonly ILookup<string, FoundNode> _byId;

    public NodeMatches(IEnumerable<FoundNode> found) => _byId = found.SelectMany(Ids).ToLookup(pair => pair.Id, pair => pair.Node, StringComparer.Ordinal);

    /// <summary>The matching node; null when none matches. Several matches are reported.</summary>
    public FoundNode? Of(WantedNode node, DiagnosticBag diagnostics)
    {
        var ids = node.Ports.Select(port => $"port {port.Address}")
            .Append(node.Controller is { } controller ? $"controller {controller}" : null)
            .Append(node.Uuid is { } uuid ? $"uuid {uuid}" : null)
            .Append(node.Name is { } name ? $"name {name}" : null);
        var fitting = ids.OfType<string>().SelectMany(id => _byId[id].Select(found => (id, found))).DistinctBy(pair => pair.found.Uuid).ToList();
        if (fitting.Count > 1)
        {
            diagnostics.Error(
                node.Place, NodeCodes.Ambiguous, $"Several nodes of Ironic fit {node.Label}: {string.Join(", ", fitting.Select(pair => $"{pair.found.Label} has the {pair.id}"))}.",
                "Correct the file, or rename or delete what is wrong in Ironic.");
        }

        return fitting.FirstOrDefault().found;
    }

    private static IEnumerable<(string Id, FoundNode Node)> Ids(FoundNode node)
    {
        yield return ($"uuid {node.Uuid}", node);
        if (node.Name is { } name)
            yield return ($"name {name}", node);
        if (node.Controller is { } controller)
            yield return ($"controller {controller}", node);
        foreach (var port in node.Ports)
            yield return ($"port {port.Address}", node);
    }
}
