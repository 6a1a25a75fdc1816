using System.Collections.Immutable;
using System.Globalization;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.Reading;

/// <summary>Collects the findings about a tree of values, each once: a value may be read several times.</summary>
/// <param name="diagnostics">Receives the findings.</param>
/// <param name="code">The code of a wrong value.</param>
/// <param name="placeOf">Finds the place of the value under some keys (an index is a key as well), or of its key; null where places are unknown.</param>
internal sealed class TreeFindings(DiagnosticBag diagnostics, string code, Func<ImmutableArray<string>, bool, SourceSpan?>? placeOf = null)
{
    private readonly HashSet<(string, SourceSpan?)> _reported = [];

    /// <summary>The findings about a YAML document.</summary>
    public TreeFindings(DiagnosticBag diagnostics, string code, YamlNode root)
        : this(diagnostics, code, (keys, ofKey) => PlaceIn(root, keys, ofKey))
    {
    }

    /// <summary>The code of an unknown key, where it has one of its own.</summary>
    public string? UnknownKey { get; init; }

    /// <summary>The code of a missing value, where it has one of its own.</summary>
    public string? Missing { get; init; }

    /// <summary>The place of the value under some keys, or of its key; that of the enclosing value when the value is missing.</summary>
    public SourceSpan? PlaceOf(ImmutableArray<string> keys, bool ofKey = false) => placeOf?.Invoke(keys, ofKey);

    /// <summary>An error at a place.</summary>
    public void Error(SourceSpan? place, string message, string? remedy, string? otherCode = null)
    {
        if (_reported.Add((message, place)))
            diagnostics.Error(place, otherCode ?? code, message, remedy);
    }

    /// <summary>A warning at a place.</summary>
    public void Warning(SourceSpan? place, string otherCode, string message, string remedy) => diagnostics.Warning(place, otherCode, message, remedy);

    private static SourceSpan PlaceIn(YamlNode node, ImmutableArray<string> keys, bool ofKey)
    {
        var place = node.Span;
        foreach (var key in keys)
        {
            if (node is YamlMapping map && map.Entries.FirstOrDefault(entry => entry.Key == key) is { Value: { } value } entry)
                (node, place) = (value, ofKey ? entry.KeySpan : value.Span);
            else if (node is YamlSequence list && int.TryParse(key, CultureInfo.InvariantCulture, out var index) && index < list.Items.Length)
                (node, place) = (list.Items[index], list.Items[index].Span);
            else
                return node.Span;
        }

        return place;
    }
}
