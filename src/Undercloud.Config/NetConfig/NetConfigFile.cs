using System.Globalization;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Config;

/// <summary>The file of net_config_override with its tags replaced.</summary>
public sealed class NetConfigFile
{
    private readonly YamlNode? _root;
    private readonly NetConfigText _text;

    internal NetConfigFile(MapValue value, YamlNode? root, NetConfigText text)
    {
        Value = value;
        _root = root;
        _text = text;
    }

    /// <summary>The parameter UndercloudNetConfigOverride: a map with the list network_config.</summary>
    public MapValue Value { get; }

    /// <summary>The place of a value in the file; that of the enclosing value when it cannot be determined.</summary>
    /// <param name="keys">The keys and indices that lead to it, e.g. network_config, 0, members, 1, name.</param>
    public SourceSpan PlaceOf(params IEnumerable<string> keys)
    {
        var (node, span) = (_root, _root?.Span);
        foreach (var key in keys)
        {
            node = node is YamlSequence list ? list.Items.ElementAtOrDefault(int.Parse(key, CultureInfo.InvariantCulture)) : (node as YamlMapping)?[key];
            if (node is null)
                break;
            span = node.Span;
        }

        return span is { } place ? _text.PlaceOf(place) : new(_text.Path, 1, 1);
    }
}
