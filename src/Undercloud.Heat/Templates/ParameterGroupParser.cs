using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Heat.Templates;

/// <summary>Validates the <c>parameter_groups</c> of a template; source: heat/engine/parameter_groups.py.</summary>
internal sealed class ParameterGroupParser(IReadOnlyDictionary<string, ParameterDeclaration> parameters, YamlShapes shapes)
{
    private static readonly string[] s_pseudo = ["OS::stack_id", "OS::project_id"];
    private readonly HashSet<string> _grouped = new(StringComparer.Ordinal);

    /// <summary>The groups as written; they only say how to show parameters.</summary>
    public Value Parse(YamlNode? node)
    {
        if (node is null || PythonTruth.IsFalse(node.ToValue()))
            return Value.Null;
        foreach (var group in shapes.List(node, "parameter_groups"))
        {
            if (group is not YamlMapping map)
                shapes.Wrong(group, $"A parameter group must be a map, not {group.ToValue().TypeName}.");
            else if (map["parameters"] is YamlSequence names)
                Judge(names);
            else
                shapes.Wrong(map["parameters"] ?? map, "A parameter group needs parameters, a list of names.");
        }

        return node.ToValue();
    }

    private void Judge(YamlSequence names)
    {
        foreach (var node in names.Items)
        {
            var name = node is YamlScalar { Value: StringValue text } ? text.Text : null;
            if (name is null || !(parameters.ContainsKey(name) || s_pseudo.Contains(name)))
                shapes.Wrong(node, $"The parameter {node.ToValue()} of a parameter group is not declared.", name is null ? null : Suggestion.For(name, parameters.Keys));
            else if (!_grouped.Add(name))
                shapes.Wrong(node, $"The parameter '{name}' is in more than one parameter group.");
        }
    }
}
