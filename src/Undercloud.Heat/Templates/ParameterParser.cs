using System.Collections.Frozen;
using System.Collections.Immutable;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Templates;

/// <summary>Parses the <c>parameters</c> section of a template.</summary>
internal sealed class ParameterParser(HotVersion version, YamlShapes shapes)
{
    private static readonly FrozenDictionary<string, ParameterType> s_types = new Dictionary<string, ParameterType>
    {
        ["string"] = ParameterType.String,
        ["number"] = ParameterType.Number,
        ["json"] = ParameterType.Json,
        ["comma_delimited_list"] = ParameterType.CommaDelimitedList,
        ["boolean"] = ParameterType.Boolean,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] s_keys = ["type", "description", "default", "schema", "constraints", "hidden", "label", "immutable"];

    public IReadOnlyDictionary<string, ParameterDeclaration> Parse(YamlNode? node)
    {
        var parameters = new OrderedDictionary<string, ParameterDeclaration>(StringComparer.Ordinal);
        foreach (var entry in shapes.Map(node, "parameters")?.Entries ?? [])
        {
            if (entry.Value is not YamlMapping map)
                shapes.Wrong(entry.Value, $"The parameter '{entry.Key}' must be a map, not {entry.Value.ToValue().TypeName}.");
            else if (Parameter(entry, map) is { } parameter)
                parameters[entry.Key] = parameter;
        }

        return parameters;
    }

    private ParameterDeclaration? Parameter(YamlEntry entry, YamlMapping map)
    {
        shapes.OnlyKeys(map, "a parameter", version >= HotVersion.Queens ? [.. s_keys, "tags"] : s_keys);
        var typeNode = map["type"];
        if (typeNode is null)
        {
            shapes.Wrong(map, $"The parameter '{entry.Key}' has no type.", "Add one of string, number, json, comma_delimited_list, boolean.");
            return null;
        }

        if (typeNode is not YamlScalar { Value: StringValue { Text: var name } } || !s_types.TryGetValue(name, out var type))
        {
            var remedy = typeNode is YamlScalar { Value: StringValue wrong } ? Diagnostics.Suggestion.For(wrong.Text, s_types.Keys) : null;
            shapes.Wrong(typeNode, $"The parameter '{entry.Key}' cannot have the type {typeNode.ToValue()}.", remedy);
            return null;
        }

        var parameter = new ParameterDeclaration(entry.Key, entry.KeySpan, type)
        {
            Default = map["default"]?.ToValue() is { } value and not NullValue ? value : null,
            Hidden = IsTrue(map["hidden"]),
            Immutable = IsTrue(map["immutable"]),
            Constraints = new ConstraintParser(version, shapes).Parse(map["constraints"], entry.Key, type),
            Tags = [.. shapes.List(map["tags"], $"the tags of the parameter '{entry.Key}'").Select(tag => PythonText.Str(tag.ToValue()))],
            Label = map["label"] is { } label ? PythonText.Str(label.ToValue()) : null,
            Description = map["description"] is { } description ? PythonText.Str(description.ToValue()) : null,
        };
        CheckDefault(parameter, map["default"]);
        return parameter;
    }

    // Python's truth, except that the word false is not true: nobody means that.
    private static bool IsTrue(YamlNode? node) => node?.ToValue() is { } value && !PythonTruth.IsFalse(value)
        && !(value is StringValue text && text.Text.Equals("false", StringComparison.OrdinalIgnoreCase));

    // Heat judges a default's type only where the default is used, but its constraints always.
    private void CheckDefault(ParameterDeclaration parameter, YamlNode? node)
    {
        if (parameter.Default is not { } given || node is null || ParameterValue.Convert(parameter.Type, given).Value is not { } value)
            return;
        foreach (var problem in parameter.Constraints.Select(constraint => constraint.Violation(value, parameter.Type)).OfType<string>())
            shapes.Diagnostics.Error(node.Span, "HOT010", $"The default of the parameter '{parameter.Name}' is wrong: {problem}.");
    }
}
