using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;

namespace Undercloud.Deploy.BareMetal;

/// <summary>The nodes that an operator selects.</summary>
public static class NodeSelection
{
    /// <summary>Nodes by name or identifier, each once; a word that matches none is reported.</summary>
    public static ImmutableArray<FoundNode> Named(IReadOnlyCollection<FoundNode> found, IEnumerable<string> names, DiagnosticBag diagnostics)
    {
        var chosen = ImmutableArray.CreateBuilder<FoundNode>();
        foreach (var name in names)
        {
            if (found.FirstOrDefault(node => node.Name == name || string.Equals(node.Uuid, name, StringComparison.OrdinalIgnoreCase)) is not { } node)
                diagnostics.Error(null, NodeCodes.Unnamed, $"Ironic has no node '{name}'.", Suggestion.For(name, found.Select(one => one.Label)));
            else if (!chosen.Contains(node))
                chosen.Add(node);
        }

        return chosen.ToImmutable();
    }

    /// <summary>All nodes in the state manageable.</summary>
    public static ImmutableArray<FoundNode> Manageable(IEnumerable<FoundNode> found) => [.. found.Where(node => node.State == ProvisionStates.Manageable)];
}
