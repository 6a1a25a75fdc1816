using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.BareMetal;

/// <summary>Reads a file of nodes, TripleO's instackenv.json: JSON or YAML, with a list of nodes, or a map that has the list as <c>nodes</c>; or CSV.</summary>
public static partial class NodeFile
{
    /// <summary>The nodes of a file; all errors are reported at once.</summary>
    public static ImmutableArray<WantedNode> Read(string text, string path, DiagnosticBag diagnostics)
    {
        if (List(text.TrimStart('\uFEFF'), path, diagnostics) is not { } list)
            return [];
        if (list.Items.IsEmpty)
            NoNodes(list, diagnostics);
        var nodes = list.Items.Select((node, index) => new NodeReader(index + 1, diagnostics).Read(node)).OfType<WantedNode>().ToImmutableArray();
        NodeFileChecks.Unique(nodes, diagnostics);
        return nodes;
    }

    // After a line that could not be read, a lack of nodes is not reported.
    private static void NoNodes(YamlSequence list, DiagnosticBag diagnostics)
    {
        if (!diagnostics.HasErrors)
            diagnostics.Error(list.Span, NodeCodes.File, "The file has no nodes.");
    }

    // By the extension, as tripleoclient does; with another extension, or from standard input, by the first characters.
    private static YamlSequence? List(string text, string path, DiagnosticBag diagnostics)
    {
        var ending = Path.GetExtension(path).ToLowerInvariant();
        var isYaml = ending is ".yaml" or ".yml";
        if (ending == ".csv" || (ending != ".json" && !isYaml && TableLine().IsMatch(text)))
            return CommaSeparatedNodes.Read(text, path, diagnostics);
        if ((ending == ".json" || (!isYaml && IsBracketed(text))) && !IsJson(text, path, diagnostics))
            return null;
        return YamlReader.Read(WithoutTabs(text), path, diagnostics) is { } root ? Nodes(root, diagnostics) : null;
    }

    // A YAML reader would accept invalid JSON and misread it: a comment, a missing comma or colon.
    private static bool IsJson(string text, string path, DiagnosticBag diagnostics)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = YamlReader.DepthLimit });
            return true;
        }
        catch (JsonException exception)
        {
            var mistake = JsonMistake.Of(text, exception);
            var isEmpty = string.IsNullOrWhiteSpace(text);
            diagnostics.Error(new(path, mistake.Line, mistake.Column), NodeCodes.File,
                isEmpty ? "The file is empty." : $"The file is not JSON: {mistake.Why}.",
                isEmpty ? "The file is a list of nodes, or {\"nodes\": [...]}."
                : mistake.IsComment ? "JSON has no comments: write it as the key _comment, or name the file .yaml, where comments begin with #."
                : JsonMistake.Remedy);
            return false;
        }
    }

    private static bool IsBracketed(string text) => text.AsSpan().TrimStart(" \t\r\n") is ['{' or '[', ..];

    // A hardware type and a comma: no YAML of nodes begins like this.
    [GeneratedRegex(@"\A\s*""?[\w-]+""?[ \t]*,")]
    private static partial Regex TableLine();

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

    // JSON may be indented with tabs, YAML may not. A JSON string contains no literal tab.
    private static string WithoutTabs(string text)
    {
        if (!IsBracketed(text))
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
