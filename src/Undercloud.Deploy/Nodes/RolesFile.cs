using System.Collections.Immutable;
using Undercloud.Heat.Diagnostics;
using Undercloud.Heat.Values;
using Undercloud.Heat.Yaml;

namespace Undercloud.Deploy.Nodes;

/// <summary>Reads roles files, the lists of roles that trees of templates are rendered and planned with.</summary>
public static class RolesFile
{
    /// <summary>The file has no role for the node.</summary>
    public const string NoRole = "ROLE001";

    /// <summary>A role is wrong.</summary>
    public const string Invalid = "ROLE002";

    /// <summary>A node has a role that is not in the file.</summary>
    public const string Unknown = "ROLE003";

    /// <summary>What a role needs.</summary>
    public const string Remedy = "Give each role a name and a list ServicesDefault; roles_data_undercloud.yaml is an example.";

    /// <summary>The roles of a text; a wrong role is reported and left out.</summary>
    public static ImmutableArray<NodeRole> Read(string text, string path, DiagnosticBag diagnostics)
    {
        if (YamlReader.Read(text, path, diagnostics) is not { } node || node is YamlScalar { Value: NullValue })
            return [];
        if (node is YamlSequence list)
            return [.. list.Items.Select(item => Role(item, diagnostics)).OfType<NodeRole>()];
        diagnostics.Error(node.Span, Invalid, "A roles file is a list of roles.", Remedy);
        return [];
    }

    private static NodeRole? Role(YamlNode item, DiagnosticBag diagnostics)
    {
        if (item is not YamlMapping role || role["name"] is not YamlScalar { Value: StringValue { Text: var name } })
        {
            diagnostics.Error(item.Span, Invalid, "A role must be a map with a name.", Remedy);
            return null;
        }

        var services = role["ServicesDefault"];
        if (services is null or YamlSequence)
            return new(name, [.. (services as YamlSequence)?.Items.Select(service => PythonText.Str(service.ToValue())) ?? []], services is not null, item.Span);
        diagnostics.Error(services.Span, Invalid, $"ServicesDefault of the role {name} must be a list, not {services.ToValue().TypeName}.", Remedy);
        return null;
    }
}
