using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.Plans;

/// <summary>
/// Finds the place in a service's template where a key of its role data is written. Role data is the result of functions and carries no
/// places, but the key is still written in its template, below map_merge or in a resource that the role data uses.
/// </summary>
/// <param name="files">The tree of templates.</param>
/// <param name="templates">The paths of the templates of the role's services.</param>
public sealed class ServicePlaces(ITemplateFiles files, IEnumerable<string> templates)
{
    // Read on demand: only a finding needs places, and most plans have no finding.
    private readonly Lazy<ImmutableArray<YamlMapping>> _roots = new(() =>
        [.. templates.Distinct().Select(path => files.Read(path) is { } text ? YamlReader.Read(text, path, new DiagnosticBag()) : null).OfType<YamlMapping>()]);

    /// <summary>The place of a key, or of the nearest key above it that is written out; null when no template is the service's.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="keys">The keys that lead to it from the role data, outermost first.</param>
    public SourceSpan? Find(string service, IEnumerable<string> keys)
    {
        ImmutableArray<string> path = [.. keys];
        foreach (var root in _roots.Value)
        {
            if (root["outputs"] is not YamlMapping outputs || outputs["role_data"] is not YamlMapping output || output["value"] is not { } data)
                continue;
            if (Entry(data, "service_name") is { Value: YamlScalar name } && name.Value.Equals((Heat.Values.Value)service))
                return Within(data, path.AsSpan(), root);
        }

        return null;
    }

    private static SourceSpan? Within(YamlNode node, ReadOnlySpan<string> keys, YamlMapping root)
    {
        SourceSpan? found = null;
        for (var at = 0; at < keys.Length; at++)
        {
            if (Entry(node, keys[at]) is { } entry)
            {
                found = entry.KeySpan;
                node = entry.Value;
                continue;
            }

            // Parts that several containers share are in a resource.
            return at == keys.Length - 1 && root["resources"] is { } resources && Entry(resources, keys[at]) is { } shared ? shared.KeySpan : found;
        }

        return found;
    }

    // The entry of a map, or of a map that is an argument of functions.
    private static YamlEntry? Entry(YamlNode node, string key)
    {
        switch (node)
        {
            case YamlMapping map:
                foreach (var entry in map.Entries)
                {
                    if (entry.Key == key)
                        return entry;
                }

                return FirstIn(map.Entries.Select(entry => entry.Value), key);
            case YamlSequence list:
                return FirstIn(list.Items, key);
            default:
                return null;
        }
    }

    private static YamlEntry? FirstIn(IEnumerable<YamlNode> nodes, string key)
    {
        foreach (var node in nodes)
        {
            if (Entry(node, key) is { } entry)
                return entry;
        }

        return null;
    }
}
