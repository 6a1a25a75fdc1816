using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Functions;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Templates;

/// <summary>Parses HOT templates.</summary>
public sealed class TemplateParser
{
    private static readonly string[] s_sections = ["heat_template_version", "description", "parameter_groups", "parameters", "resources", "outputs"];
    private readonly YamlShapes _shapes;
    private readonly ExpressionParser _expressions;
    private readonly HotVersion _version;

    private TemplateParser(HotVersion version, YamlShapes shapes)
    {
        _version = version;
        _shapes = shapes;
        _expressions = new ExpressionParser(version);
    }

    private bool HasConditions => _version >= HotVersion.Newton;

    /// <summary>The template in a text, or null when it is not one; all errors are reported.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Its path, for findings.</param>
    /// <param name="diagnostics">Takes the findings.</param>
    /// <param name="defaults">Values that replace the parameters' own defaults.</param>
    public static HotTemplate? Parse(string text, string path, DiagnosticBag diagnostics, MapValue? defaults = null) =>
        YamlReader.Read(Stripped(text), path, diagnostics) is { } node ? Parse(node, path, diagnostics, defaults) : null;

    /// <summary>The template in a document that is already read.</summary>
    internal static HotTemplate? Parse(YamlNode node, string path, DiagnosticBag diagnostics, MapValue? defaults = null)
    {
        var shapes = new YamlShapes(diagnostics, "HOT004", "HOT003");
        if (node is not YamlMapping root)
        {
            diagnostics.Error(new(path, 1, 1), "HOT002", "This is not a template: a template is a map.");
            return null;
        }

        return Version(root, diagnostics) is { } version ? new TemplateParser(version, shapes).Template(root, path, defaults ?? MapValue.Empty) : null;
    }

    // heatclient strips a template's text before it parses it, so a block scalar at the very end has no line break. Blank lines at the
    // start stay, to keep the line numbers right.
    private static string Stripped(string text)
    {
        if (text.StartsWith('\ufeff'))
            text = text[1..];
        var start = text.Length - text.TrimStart().Length;
        return new string('\n', text.AsSpan(0, start).Count('\n')) + text[start..].TrimEnd();
    }

    private static HotVersion? Version(YamlMapping root, DiagnosticBag diagnostics)
    {
        if (root["heat_template_version"] is not { } node)
        {
            var remedy = root["AWSTemplateFormatVersion"] is null && root["HeatTemplateFormatVersion"] is null
                ? "Begin it with a line such as 'heat_template_version: rocky'."
                : "CloudFormation templates are not supported.";
            diagnostics.Error(root.Span, "HOT002", "This is not a HOT template: heat_template_version is missing.", remedy);
            return null;
        }

        if (node is YamlScalar { Value: StringValue name } && HotVersions.ByName.TryGetValue(name.Text, out var version))
            return version;
        diagnostics.Error(
            node.Span, "HOT002", $"There is no heat_template_version {node.ToValue()}.", $"Use one of {string.Join(", ", HotVersions.ByName.Keys.Order(StringComparer.Ordinal))}.");
        return null;
    }

    private HotTemplate Template(YamlMapping root, string path, MapValue defaults)
    {
        _shapes.OnlyKeys(root, "a template", HasConditions ? [.. s_sections, "conditions"] : s_sections);
        var parameters = new ParameterParser(_version, _shapes).Parse(root["parameters"], defaults);
        return new(path, _version)
        {
            // Heat accepts any value here.
            Description = root["description"] is YamlScalar { Value: StringValue { Text: var description } } ? description : null,
            ParameterGroups = new ParameterGroupParser(parameters, _shapes).Parse(root["parameter_groups"]),
            Parameters = parameters,
            Conditions = Conditions(Present(root["conditions"], "conditions")),
            Resources = Section(root["resources"], "resource", Resource),
            Outputs = Section(root["outputs"], "output", Output),
        };
    }

    private OrderedDictionary<string, ConditionDeclaration> Conditions(YamlNode? node)
    {
        var conditions = new OrderedDictionary<string, ConditionDeclaration>(StringComparer.Ordinal);
        foreach (var entry in HasConditions ? _shapes.Map(node, "conditions")?.Entries ?? [] : [])
            conditions[entry.Key] = ConditionDeclared(entry);
        return conditions;
    }

    private ConditionDeclaration ConditionDeclared(YamlEntry entry)
    {
        var (definition, invalid) = _expressions.Conditions.ParseJudging(entry.Value);
        if (definition is not (Function or Literal { Value: BooleanValue }))
            _shapes.Wrong(entry.Value, $"The condition '{entry.Key}' must be a boolean or a function that gives one, not {entry.Value.ToValue().TypeName}.");
        return new(entry.Key, entry.KeySpan, definition, invalid);
    }

    private ImmutableArray<T> Section<T>(YamlNode? node, string what, Func<YamlEntry, YamlMapping, T?> parse)
        where T : class
    {
        var parsed = ImmutableArray.CreateBuilder<T>();
        foreach (var entry in _shapes.Map(node, what + "s")?.Entries ?? [])
        {
            if (entry.Value is not YamlMapping map)
                _shapes.Wrong(entry.Value, $"The {what} '{entry.Key}' must be a map, not {entry.Value.ToValue().TypeName}.");
            else if (parse(entry, map) is { } one)
                parsed.Add(one);
        }

        return parsed.DrainToImmutable();
    }

    private ResourceDeclaration? Resource(YamlEntry entry, YamlMapping map)
    {
        var what = $"the resource '{entry.Key}'";
        string[] keys = ["type", "properties", "metadata", "depends_on", "deletion_policy", "update_policy", "description"];
        _shapes.OnlyKeys(map, "a resource", HasConditions ? [.. keys, "condition", "external_id"] : keys);
        if (map["type"] is not YamlScalar { Value: StringValue { Text: var type } } typeNode)
        {
            if (map["type"] is { } wrong)
                _shapes.Wrong(wrong, $"The type of {what} must be a string, not {wrong.ToValue().TypeName}.");
            else
                _shapes.Wrong(map, $"{char.ToUpperInvariant(what[0])}{what[1..]} has no type.");
            return null;
        }

        CheckFields(map, what);
        return new(entry.Key, entry.KeySpan, type, typeNode.Span)
        {
            Properties = Properties(map["properties"], $"the properties of {what}"),
            Metadata = Parsed(map["metadata"]),
            DependsOn = DependsOn(map["depends_on"], $"depends_on of {what}"),
            Condition = HasConditions ? ConditionOf(map) : null,
            ExternalId = Parsed(map["external_id"]),
            DeletionPolicy = Parsed(map["deletion_policy"]),
            UpdatePolicy = Parsed(map["update_policy"]),
        };
    }

    private OutputDeclaration? Output(YamlEntry entry, YamlMapping map)
    {
        // Heat accepts any key here and reads only these.
        string[] keys = HasConditions ? ["value", "description", "condition"] : ["value", "description"];
        foreach (var key in map.Entries.Where(key => !keys.Contains(key.Key)))
            _shapes.Diagnostics.Warning(key.KeySpan, "HOT003", $"'{key.Key}' is not a key of an output.", Suggestion.For(key.Key, keys));
        if (map["value"] is not { } value)
        {
            _shapes.Wrong(map, $"The output '{entry.Key}' has no value.");
            return null;
        }

        return new(entry.Key, entry.KeySpan, _expressions.Parse(value))
        {
            Condition = HasConditions ? ConditionOf(map) : null,
            Description = _shapes.Text(map["description"], $"the description of the output '{entry.Key}'"),
        };
    }

    private Condition? ConditionOf(YamlMapping map) => map["condition"] is { } node ? new(_expressions.Conditions.Parse(node)) : null;

    private Expression? Parsed(YamlNode? node) => node is null ? null : _expressions.Parse(node);

    private ImmutableArray<PropertyDeclaration> Properties(YamlNode? node, string what) =>
        [.. (_shapes.Map(node, what)?.Entries ?? []).Select(entry => new PropertyDeclaration(entry.Key, entry.KeySpan, _expressions.Parse(entry.Value)))];

    private ImmutableArray<(string Name, SourceSpan Span)> DependsOn(YamlNode? node, string what)
    {
        if (node is YamlScalar { Value: StringValue only })
            return [(only.Text, node.Span)];
        var names = ImmutableArray.CreateBuilder<(string, SourceSpan)>();
        foreach (var item in _shapes.List(node, what))
        {
            if (item is YamlScalar { Value: StringValue name })
                names.Add((name.Text, item.Span));
            else
                _shapes.Wrong(item, $"An item of {what} must be a resource's name.");
        }

        return names.DrainToImmutable();
    }

    // Heat: a present key must not be empty, except the sections of a template.
    private void CheckFields(YamlMapping map, string what)
    {
        foreach (var key in new[] { "properties", "metadata", "update_policy" })
            Field(map[key], $"{key} of {what}", "a map", node => node is YamlMapping);
        foreach (var key in HasConditions ? new[] { "deletion_policy", "external_id" } : ["deletion_policy"])
            Field(map[key], $"{key} of {what}", "a string", node => node is YamlScalar { Value: StringValue } || _expressions.Parse(node) is Function);
        Field(map["description"], $"the description of {what}", "a string", node => node is YamlScalar { Value: StringValue });
        Present(map["depends_on"], $"depends_on of {what}");
        if (HasConditions)
            Present(map["condition"], $"the condition of {what}");
        if (map["deletion_policy"] is YamlScalar { Value: StringValue { Text: var policy } } node && DeletionPolicy.Of(policy, _version) is null)
            _shapes.Wrong(node, $"There is no deletion_policy '{policy}'.", Suggestion.For(policy, DeletionPolicy.Names(_version)));
    }

    private void Field(YamlNode? node, string what, string shape, Func<YamlNode, bool> isRight)
    {
        if (node is not null && !isRight(node))
            _shapes.Wrong(node, $"{what} must be {shape}, not {node.ToValue().TypeName}.");
    }

    private YamlNode? Present(YamlNode? node, string what)
    {
        if (node is YamlScalar { Value: NullValue })
            _shapes.Wrong(node, $"{what} must not be empty.");
        return node;
    }
}
