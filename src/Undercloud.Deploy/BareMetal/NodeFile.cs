using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.BareMetal;

/// <summary>Reads a file of nodes, the instackenv.json of TripleO's operators: JSON or YAML, with a list of nodes, or a map that has it as <c>nodes</c>.</summary>
public static class NodeFile
{
    /// <summary>The nodes of a file; what is wrong with it is reported, all of it at once.</summary>
    public static ImmutableArray<WantedNode> Read(string text, string path, DiagnosticBag diagnostics)
    {
        if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            diagnostics.Error(
                new(path, 0, 0), NodeCodes.File, "Files of values between commas are not read.",
                "Write the nodes as JSON or YAML: {\"nodes\": [{\"pm_type\": \"ipmi\", ...}]}.");
            return [];
        }

        if (YamlReader.Read(WithoutTabs(text), path, diagnostics) is not { } root || Nodes(root, diagnostics) is not { } list)
            return [];
        if (list.Items.IsEmpty)
            diagnostics.Error(list.Span, NodeCodes.File, "The file has no nodes.");
        var nodes = list.Items.Select((node, index) => new NodeReader(index + 1, diagnostics).Read(node)).OfType<WantedNode>().ToImmutableArray();
        NodeFileChecks.Unique(nodes, diagnostics);
        return nodes;
    }

    private static YamlSequence? Nodes(YamlNode root, DiagnosticBag diagnostics)
    {
        var nodes = root is YamlMapping map ? map["nodes"] : root;
        if (nodes is YamlSequence list)
            return list;
        diagnostics.Error(
            (nodes ?? root).Span, NodeCodes.File, nodes is null ? "The file has no key 'nodes'." : $"The nodes must be a list, not {nodes.ToValue().TypeName}.",
            "The file is a list of nodes, or {\"nodes\": [...]}.");
        return null;
    }

    // JSON may be indented with tabs, YAML may not. Within strings JSON has no tab as it is.
    private static string WithoutTabs(string text)
    {
        if (!text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("{") && !text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("["))
            return text;
        var (quoted, escaped) = (false, false);
        return string.Create(text.Length, text, (to, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                to[i] = from[i] == '\t' && !quoted ? ' ' : from[i];
                quoted ^= from[i] == '"' && !escaped;
                escaped = quoted && from[i] == '\\' && !escaped;
            }
        });
    }
}
