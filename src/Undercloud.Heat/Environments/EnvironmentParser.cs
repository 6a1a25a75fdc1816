using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Templates;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Environments;

/// <summary>One environment file, parsed.</summary>
internal sealed record EnvironmentFile(
    MapValue Parameters,
    MapValue ParameterDefaults,
    MapValue Registry,
    ImmutableDictionary<string, SourceSpan> Locations,
    ImmutableDictionary<string, SourceSpan> RegistryLocations,
    ImmutableDictionary<string, string> MergeStrategies);

/// <summary>Parses environment files.</summary>
internal sealed class EnvironmentParser(string path, YamlShapes shapes)
{
    private static readonly string[] s_sections =
        ["parameters", "parameter_defaults", "resource_registry", "parameter_merge_strategies", "encrypted_param_names", "event_sinks"];

    private static readonly string[] s_hooks = ["pre-create", "pre-update", "pre-delete", "post-create", "post-update", "post-delete"];

    private static readonly string[] s_actions = ["update", "replace"];

    private static readonly string[] s_strategies = ["overwrite", "merge", "deep_merge"];

    private readonly ImmutableDictionary<string, SourceSpan>.Builder _locations =
        ImmutableDictionary.CreateBuilder<string, SourceSpan>(StringComparer.Ordinal);

    private readonly ImmutableDictionary<string, SourceSpan>.Builder _registryLocations =
        ImmutableDictionary.CreateBuilder<string, SourceSpan>(StringComparer.Ordinal);

    /// <summary>The file, or null when it is no environment at all.</summary>
    public static EnvironmentFile? Parse(string text, string path, DiagnosticBag diagnostics)
    {
        var shapes = new YamlShapes(diagnostics, "ENV002", "ENV001");
        return YamlReader.Read(text, path, diagnostics) is { } node && shapes.Map(node, "an environment") is { } root
            ? new EnvironmentParser(path, shapes).File(root)
            : null;
    }

    private EnvironmentFile File(YamlMapping root)
    {
        shapes.OnlyKeys(root, "an environment", s_sections);
        foreach (var entry in root.Entries.Where(entry => s_sections.Contains(entry.Key) && entry.Value is YamlScalar { Value: NullValue }))
            shapes.Diagnostics.Warning(entry.KeySpan, "ENV002", $"{entry.Key} is empty.", "Heat refuses an empty section; remove it or write {}.");
        var defaults = Values(root["parameter_defaults"], "parameter_defaults");
        var parameters = Values(root["parameters"], "parameters");
        var registry = Registry(root["resource_registry"]);
        return new(parameters, defaults, registry, _locations.ToImmutable(), _registryLocations.ToImmutable(), Strategies(root, parameters, defaults));
    }

    private MapValue Values(YamlNode? node, string section)
    {
        if (shapes.Map(node, section) is not { } map)
            return MapValue.Empty;
        foreach (var entry in map.Entries)
            _locations[entry.Key] = entry.KeySpan;
        return (MapValue)map.ToValue();
    }

    private MapValue Registry(YamlNode? node)
    {
        if (shapes.Map(node, "resource_registry") is not { } map)
            return MapValue.Empty;
        var @base = map["base_url"] is YamlScalar { Value: StringValue { Text: var directory } }
            ? TemplatePath.Resolve(path, directory.TrimEnd('/') + "/_")
            : path;
        return Registry(map, @base, top: true);
    }

    private MapValue Registry(YamlMapping map, string from, bool top)
    {
        var entries = new List<KeyValuePair<string, Value>>();
        foreach (var entry in map.Entries)
        {
            if (top)
                _registryLocations[entry.Key] = entry.KeySpan;
            switch (entry.Value)
            {
                case var _ when entry.Key == "base_url":
                    break;
                case not YamlScalar { Value: NullValue } when entry.Key is "hooks" or "restricted_actions":
                    OneOrMore(entry, entry.Key == "hooks" ? s_hooks : s_actions);
                    break;
                case YamlMapping inner:
                    if (top && entry.Key != "resources")
                        shapes.Diagnostics.Warning(entry.KeySpan, "ENV002", $"'{entry.Key}' is mapped to nothing: a map stands only below 'resources'.");
                    entries.Add(new(entry.Key, Registry(inner, from, top: false)));
                    break;
                case YamlScalar { Value: StringValue { Text: var target } }:
                    entries.Add(new(entry.Key, Target(target, from)));
                    break;
                case YamlScalar { Value: NullValue }:
                    entries.Add(new(entry.Key, Value.Null));
                    break;
                default:
                    shapes.Wrong(entry.Value, $"'{entry.Key}' must be mapped to a template or a resource type, not {entry.Value.ToValue().TypeName}.");
                    break;
            }
        }

        return new(entries);
    }

    private void OneOrMore(YamlEntry entry, string[] words)
    {
        IEnumerable<YamlNode> given = entry.Value is YamlSequence list ? list.Items : [entry.Value];
        foreach (var node in given.Where(node => node is not YamlScalar { Value: StringValue word } || !words.Contains(word.Text)))
            shapes.Wrong(node, $"{entry.Key} must be of {string.Join(", ", words)}, not {node.ToValue()}.");
    }

    // Names with '::' are types; any other value is a file beside the environment.
    private static string Target(string target, string from) =>
        TemplatePath.IsTemplate(target) && !target.Contains("::", StringComparison.Ordinal) ? TemplatePath.Resolve(from, target) : target;

    private ImmutableDictionary<string, string> Strategies(YamlMapping root, MapValue parameters, MapValue defaults)
    {
        var strategies = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (shapes.Map(root["parameter_merge_strategies"], "parameter_merge_strategies") is not { } map)
            return strategies.ToImmutable();
        foreach (var entry in map.Entries)
        {
            var strategy = shapes.Text(entry.Value, $"the merge strategy of '{entry.Key}'");
            if (strategy is not null && !s_strategies.Contains(strategy))
                shapes.Wrong(entry.Value, $"There is no merge strategy '{strategy}'.", Suggestion.For(strategy, s_strategies));
            else if (strategy is not null && entry.Key != "default")
                strategies[entry.Key] = strategy;
        }

        // Overwriting is the default anyway, so this value has no effect. Upstream's undercloud.yaml sets it, and its client merges maps
        // nevertheless.
        if (map["default"] is YamlScalar { Value: StringValue { Text: "merge" or "deep_merge" } general })
        {
            foreach (var name in parameters.Keys.Concat(defaults.Keys))
                strategies.TryAdd(name, general.Text);
        }

        return strategies.ToImmutable();
    }
}
