using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.BareMetal;

/// <summary>Capabilities: "a:1,b:2", or a map.</summary>
internal sealed class CapabilityReader(DiagnosticBag diagnostics)
{
    /// <summary>The capabilities in the text; an entry without a colon is dropped.</summary>
    public static ImmutableSortedDictionary<string, string> Parse(string text) =>
        Split(text).Where(pair => pair.Length == 2).Aggregate(Empty(), (all, pair) => all.SetItem(pair[0].Trim(), pair[1].Trim()));

    /// <summary>The capabilities in Ironic's form.</summary>
    public static string Write(ImmutableSortedDictionary<string, string> capabilities) => string.Join(',', capabilities.Select(pair => $"{pair.Key}:{pair.Value}"));

    public ImmutableSortedDictionary<string, string> Read(YamlNode? node, string? profile)
    {
        var capabilities = node switch
        {
            null or YamlScalar { Value: NullValue or StringValue { Text: "" } } => Empty(),
            YamlScalar { Value: StringValue { Text: var text } } => OfText(text, node.Span),
            YamlMapping map => OfMap(map),
            _ => Refused(node.Span, $"capabilities must be a string or a map, not {node.ToValue().TypeName}."),
        };
        return profile is null ? capabilities : capabilities.SetItem("profile", profile);
    }

    private ImmutableSortedDictionary<string, string> OfText(string text, SourceSpan place)
    {
        if (Split(text).FirstOrDefault(pair => pair.Length < 2) is { } bad)
            return Refused(place, $"The capability '{bad[0]}' has no value.");
        return Parse(text);
    }

    private ImmutableSortedDictionary<string, string> OfMap(YamlMapping map)
    {
        var all = Empty();
        foreach (var entry in map.Entries.Where(entry => entry.Value is not YamlScalar { Value: NullValue }))
        {
            // Python's form of a boolean.
            var text = entry.Value.ToValue() is BooleanValue { Flag: var flag } ? (flag ? "True" : "False") : Scalars.Text(entry.Value.ToValue());
            if (text is null || text.Contains(',') || entry.Key.AsSpan().ContainsAny(',', ':'))
                Refused(entry.KeySpan, $"The capability '{entry.Key}' must be a string or a number without a comma.");
            else
                all = all.SetItem(entry.Key, text);
        }

        return all;
    }

    private ImmutableSortedDictionary<string, string> Refused(SourceSpan place, string message)
    {
        diagnostics.Error(place, NodeCodes.Value, message, "Say e.g. profile:compute,boot_mode:uefi.");
        return Empty();
    }

    private static IEnumerable<string[]> Split(string text) => text.Split(',').Select(one => one.Split(':', 2));

    private static ImmutableSortedDictionary<string, string> Empty() => ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
