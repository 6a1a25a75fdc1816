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

    /// <summary>The template in a text, or null when it is not one; everything wrong with it is reported.</summary>
    public static HotTemplate? Parse(string text, string path, DiagnosticBag diagnostics) =>
        YamlReader.Read(Stripped(text), path, diagnostics) is { } node ? Parse(node, path, diagnostics) : null;

    /// <summary>The template in a document that is read already.</summary>
    internal static HotTemplate? Parse(YamlNode node, string path, DiagnosticBag diagnostics)
    {
        var shapes = new YamlShapes(diagnostics, "HOT004", "HOT003");
        if (node is not YamlMapping root)
        {
            diagnostics.Error(new(path, 1, 1), "HOT002", "This is not a template: a template is a map.");
            return null;
        }

        return Version(root, diagnostics) is { } version ? new TemplateParser(version, shapes).Template(root, path) : null;
    }

    // heatclient strips a template's text before it parses it, so a block scalar at the very end has no line break. Blank lines at the
    // start stay, for the sake of line numbers.
    private static string Stripped(string text)
    {
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

    private HotTemplate Template(YamlMapping root, string path)
    {
        _shapes.OnlyKeys(root, "a template", HasConditions ? [.. s_sections, "conditions"] : s_sections);
        var parameters = new ParameterParser(_version, _shapes).Parse(root["parameters"]);
        return new(path, _version)
        {
            Description = _shapes.Text(root["description"], "the description"),
            ParameterGroups = new ParameterGroupParser(parameters, _shapes).Parse(root["parameter_groups"]),
            Parameters = parameters,
            Conditions = Conditions(root["conditions"]),
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

        CheckDeletionPolicy(map["deletion_policy"]);
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
        string[] keys = ["value", "description"];
        _shapes.OnlyKeys(map, "an output", HasConditions ? [.. keys, "condition"] : keys);
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

    private void CheckDeletionPolicy(YamlNode? node)
    {
        if (node is not YamlScalar { Value: StringValue { Text: var policy } })
            return;
        var known = HasConditions ? policy.ToLowerInvariant() is "delete" or "retain" or "snapshot" : policy is "Delete" or "Retain" or "Snapshot";
        if (!known)
            _shapes.Wrong(node, $"There is no deletion_policy '{policy}'.", Suggestion.For(policy, HasConditions ? ["delete", "retain", "snapshot"] : ["Delete", "Retain", "Snapshot"]));
    }
}
