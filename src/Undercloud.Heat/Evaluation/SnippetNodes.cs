using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Evaluation;

/// <summary>Converts values to the nodes that template parsers read; the nodes have no place in a file.</summary>
internal static class SnippetNodes
{
    private static readonly SourceSpan s_nowhere = new("", 0, 0);

    public static YamlNode Of(Value value) => value switch
    {
        ListValue list => new YamlSequence([.. list.Items.Select(Of)], s_nowhere),
        MapValue map => new YamlMapping([.. map.Entries.Select(entry => new YamlEntry(entry.Key, s_nowhere, Of(entry.Value)))], s_nowhere),
        _ => new YamlScalar(value, s_nowhere),
    };
}
