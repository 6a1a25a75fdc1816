using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;

namespace Undercloud.Heat.Yaml;

/// <summary>Reads nodes in the shape that a file format requires and reports those of another shape.</summary>
/// <param name="Diagnostics">Takes the findings.</param>
/// <param name="ShapeCode">The code of a finding about a wrong shape.</param>
/// <param name="NameCode">The code of a finding about an unknown key.</param>
internal sealed record YamlShapes(DiagnosticBag Diagnostics, string ShapeCode, string NameCode)
{
    /// <summary>The node as a mapping; null when it is missing, empty, or something else, which is reported.</summary>
    public YamlMapping? Map(YamlNode? node, string what)
    {
        if (node is YamlMapping map)
            return map;
        Expect(node, what, "a map");
        return null;
    }

    /// <summary>The node's items; none when it is missing, empty, or something else, which is reported.</summary>
    public ImmutableArray<YamlNode> List(YamlNode? node, string what)
    {
        if (node is YamlSequence list)
            return list.Items;
        Expect(node, what, "a list");
        return [];
    }

    /// <summary>The node as a string; null when it is missing, empty, or something else, which is reported.</summary>
    public string? Text(YamlNode? node, string what)
    {
        if (node is YamlScalar { Value: StringValue text })
            return text.Text;
        Expect(node, what, "a string");
        return null;
    }

    /// <summary>Reports every key that is not among <paramref name="names"/>.</summary>
    public void OnlyKeys(YamlMapping map, string what, IReadOnlyCollection<string> names)
    {
        foreach (var entry in map.Entries.Where(entry => !names.Contains(entry.Key)))
            Diagnostics.Error(entry.KeySpan, NameCode, $"'{entry.Key}' is not a key of {what}.", Suggestion.For(entry.Key, names));
    }

    /// <summary>Reports a wrong shape.</summary>
    public void Wrong(YamlNode node, string message, string? remedy = null) => Diagnostics.Error(node.Span, ShapeCode, message, remedy);

    private void Expect(YamlNode? node, string what, string shape)
    {
        if (node is not (null or YamlScalar { Value: NullValue }))
            Wrong(node, $"{what} must be {shape}, not {node.ToValue().TypeName}.");
    }
}
