using System.Collections.Immutable;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Templates;

/// <summary>Parses the <c>parameters</c> section of a template.</summary>
internal sealed class ParameterParser(HotVersion version, YamlShapes shapes)
{
    private static readonly string[] s_keys = ["type", "description", "default", "schema", "constraints", "hidden", "label", "immutable"];

    /// <param name="node">The section.</param>
    /// <param name="defaults">Values that replace the parameters' own defaults; null leaves a parameter without one.</param>
    public IReadOnlyDictionary<string, ParameterDeclaration> Parse(YamlNode? node, MapValue defaults)
    {
        var parameters = new OrderedDictionary<string, ParameterDeclaration>(StringComparer.Ordinal);
        foreach (var entry in shapes.Map(node, "parameters")?.Entries ?? [])
        {
            if (entry.Value is not YamlMapping map)
                shapes.Wrong(entry.Value, $"The parameter '{entry.Key}' must be a map, not {entry.Value.ToValue().TypeName}.");
            else if (Parameter(entry, map, defaults[entry.Key]) is { } parameter)
                parameters[entry.Key] = parameter;
        }

        return parameters;
    }

    private ParameterDeclaration? Parameter(YamlEntry entry, YamlMapping map, Value? instead)
    {
        shapes.OnlyKeys(map, "a parameter", version >= HotVersion.Queens ? [.. s_keys, "tags"] : s_keys);
        var typeNode = map["type"];
        if (typeNode is null)
        {
            shapes.Wrong(map, $"The parameter '{entry.Key}' has no type.", "Add one of string, number, json, comma_delimited_list, boolean.");
            return null;
        }

        if (typeNode is not YamlScalar { Value: StringValue { Text: var name } } || !ParameterTypes.ByName.TryGetValue(name, out var type))
        {
            var remedy = typeNode is YamlScalar { Value: StringValue wrong } ? Diagnostics.Suggestion.For(wrong.Text, ParameterTypes.ByName.Keys) : null;
            shapes.Wrong(typeNode, $"The parameter '{entry.Key}' cannot have the type {typeNode.ToValue()}.", remedy);
            return null;
        }

        var parameter = new ParameterDeclaration(entry.Key, entry.KeySpan, type)
        {
            Default = (instead ?? map["default"]?.ToValue()) is { } value and not NullValue ? value : null,
            Hidden = IsTrue(map["hidden"]),
            Immutable = IsTrue(map["immutable"]),
            Constraints = new ConstraintParser(version, shapes).Parse(map["constraints"], entry.Key, type),
            Tags = Tags(map["tags"], entry.Key),
            Label = map["label"] is { } label ? PythonText.Str(label.ToValue()) : null,
            Description = map["description"] is { } description ? PythonText.Str(description.ToValue()) : null,
        };
        if (instead is null)
            CheckDefault(parameter, map["default"]);
        return parameter;
    }

    // Python's truth, except that the word false is not true, since nobody means that.
    private static bool IsTrue(YamlNode? node) => node?.ToValue() is { } value && !PythonTruth.IsFalse(value)
        && !(value is StringValue text && text.Text.Equals("false", StringComparison.OrdinalIgnoreCase));

    private ImmutableArray<string> Tags(YamlNode? node, string parameter)
    {
        if (node is not (null or YamlSequence))
            shapes.Wrong(node, $"The tags of the parameter '{parameter}' must be a list, not {node.ToValue().TypeName}.");
        return node is YamlSequence list ? [.. list.Items.Select(tag => PythonText.Str(tag.ToValue()))] : [];
    }

    // Heat checks that a default can be converted only where the default is used, but its constraints always.
    private void CheckDefault(ParameterDeclaration parameter, YamlNode? node)
    {
        if (parameter.Default is not { } given || node is null)
            return;
        if (ParameterValue.JudgedDefault(parameter.Type, given) is not { } value)
        {
            shapes.Wrong(node, $"The default of the parameter '{parameter.Name}' must be a list or a string, not {given.TypeName}.");
            return;
        }

        // Custom constraints do not apply to defaults; they check nothing here anyway.
        foreach (var problem in parameter.Constraints.Select(constraint => constraint.Violation(value, parameter.Type)).OfType<string>())
        {
            var shown = parameter.Hidden ? problem.Replace(value.ToString(), "***", StringComparison.Ordinal) : problem;
            shapes.Diagnostics.Error(node.Span, "HOT010", $"The default of the parameter '{parameter.Name}' is wrong: {shown}.");
        }
    }
}
